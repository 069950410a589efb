import type { ArmCall } from '../front/arm-call.ts';

/** Whose doing something is, and which request it belongs to. */
export interface Cause {
  /** Who asked for it: the application that the token is for. */
  caller: string;
  /** The same for everything that one request brings about. */
  correlationId: string;
  /** The same for beginning and end of one piece of work. */
  operationId: string;
}

/** The cause of what a request asks for. */
export function causeOfCall({ caller, correlationId, requestId }: ArmCall): Cause {
  return { caller, correlationId, operationId: requestId };
}
