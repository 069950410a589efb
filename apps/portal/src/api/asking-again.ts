import { isClusterMissing, isPassing } from './client.ts';

/** Between two attempts while the line or the cloud is away, in milliseconds. */
const passingMs = 5_000;

/** When a query asks again: soon, while what keeps it from its answer may pass; else when it is `due`, in milliseconds. */
export const askingAgain = (error: unknown, due: number | false): number | false =>
  isPassing(error) ? passingMs : due;

/** When parts of a cluster are asked for again: often while ARM is at work on it, and never once it is gone. */
export const askingForParts = (error: unknown, running: boolean): number | false =>
  isClusterMissing(error) ? false : askingAgain(error, running ? 4_000 : false);
