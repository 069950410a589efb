import { z } from 'zod';
import type { TopologyResource } from '../arm-resource.ts';
import type { TopologyGraph } from '../graph.ts';
import { plainText, shortened } from '../plain-text.ts';

/** What the first property of a document says, so that nothing else is taken for one. */
export const documentFormat = 'slipway.topology/1';

/** What a person or a program may hand in: bounded, and only as deep as ARM's properties ever are. */
export const documentLimits = { characters: 64_000_000, resources: 20_000, depth: 64 };

const resourceSchema = z.looseObject({
  id: z.string().min(1).max(4_000).startsWith('/'),
  name: z.string().min(1).max(1_000),
  type: z.string().min(1).max(500),
  location: z.string().max(200).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

/** What is read of a document again; the graph in it is for other programs, here it follows from the resources. */
export const topologyDocumentSchema = z.object({
  format: z.literal(documentFormat),
  title: z.string().max(1_000),
  takenAt: z.iso.datetime({ offset: true }),
  serviceName: z.string().max(1_000),
  resources: z.array(resourceSchema).max(documentLimits.resources),
});

/**
 * Resources and graph as a JSON document with a version, which `readMoment` reads again; `takenAt` is an ISO 8601
 * date with its time zone.
 */
export function toJson(input: {
  title: string;
  graph: TopologyGraph;
  resources: readonly TopologyResource[];
  takenAt: string;
}): string {
  const { graph, resources, takenAt } = input;
  const title = shortened(plainText(input.title), 300);
  const serviceName = graph.nodes.find(({ kind }) => kind === 'containerService')?.name ?? title;
  return `${JSON.stringify({ format: documentFormat, title, takenAt, serviceName, resources, graph }, null, 2)}\n`;
}
