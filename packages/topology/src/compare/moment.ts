import { isRecord, type TopologyResource } from '../arm-resource.ts';
import { documentFormat, documentLimits, topologyDocumentSchema } from '../export/topology-document.ts';

/** What was there at one time. */
export interface Moment {
  title: string;
  /** ISO 8601. */
  takenAt: string;
  /** As ARM's GET returned them, in any order. */
  resources: readonly TopologyResource[];
  serviceName: string;
}

/**
 * Reads a document that `toJson` wrote. What it holds may come from anywhere, so it is bounded and checked; a document
 * that is none gives a problem in plain words, never an exception.
 */
export function readMoment(text: string): { moment: Moment } | { problem: string } {
  if (text.length > documentLimits.characters) return { problem: 'This file is too large to be compared.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'This file is no JSON. Choose one that was saved here as JSON.' };
  }
  if (isDeeperThan(value, documentLimits.depth)) {
    return { problem: 'What is in this file is nested too deeply.' };
  }
  const read = topologyDocumentSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.map(String).join(' › ') ?? '';
    if (place === 'format' || place === '') {
      return { problem: `This file does not hold a saved topology (${documentFormat}).` };
    }
    return { problem: `This file does not hold a saved topology: “${place}” is not as it should be.` };
  }
  const { title, takenAt, serviceName, resources } = read.data;
  return { moment: { title, takenAt, serviceName, resources } };
}

/** Whether objects and arrays lie within each other more often than so many times. */
function isDeeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((item): unknown[] =>
      Array.isArray(item) ? item : isRecord(item) ? Object.values(item) : [],
    );
  }
  return false;
}
