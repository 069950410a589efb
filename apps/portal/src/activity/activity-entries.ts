import type { ActivityOperation } from '@slipway/contract';

/** What one request asked for, and what it brought about. */
export interface ActivityEntry {
  correlationId: string;
  /** What tells most of it: what was asked of a container service as a whole, else what was asked for first. */
  head: ActivityOperation;
  /** All else of it, newest first. */
  rest: readonly ActivityOperation[];
}

/** Operations of one request together, newest first by when they were asked for; what comes twice counts once. */
export function entriesOf(operations: readonly ActivityOperation[]): ActivityEntry[] {
  const byRequest = new Map<string, Map<string, ActivityOperation>>();
  for (const operation of operations) {
    const own = byRequest.get(operation.correlationId) ?? new Map<string, ActivityOperation>();
    byRequest.set(operation.correlationId, own);
    const key = `${operation.operationId} ${operation.operation} ${operation.resourceId}`.toLowerCase();
    own.set(key, merged(own.get(key), operation));
  }
  return [...byRequest]
    .flatMap(([correlationId, own]): ActivityEntry[] => {
      const sorted = [...own.values()].toSorted((one, other) => timeOf(other) - timeOf(one));
      const head = sorted.findLast(isOfWhole) ?? sorted.at(-1);
      return head ? [{ correlationId, head, rest: sorted.filter((each) => each !== head) }] : [];
    })
    .toSorted((one, other) => timeOf(other.head) - timeOf(one.head));
}

/** The deployment stack of a container service holds all that belongs to it. Its resource group may be made before it. */
const isOfWhole = ({ operation }: ActivityOperation): boolean =>
  /^Microsoft\.Resources\/deploymentStacks\/(?:write|delete)$/i.test(operation);

/** The end of an operation may stand at the end of one part of the log, and its beginning in the next. */
function merged(known: ActivityOperation | undefined, found: ActivityOperation): ActivityOperation {
  if (!known) return found;
  const [older, newer] = timeOf(known) < timeOf(found) ? [known, found] : [found, known];
  return { ...older, ...newer, startedAt: older.startedAt };
}

const timeOf = ({ startedAt }: ActivityOperation): number => Date.parse(startedAt);
