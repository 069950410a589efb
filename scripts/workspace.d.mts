/** Builds the portal, unless it is built from what is there now. Rejects, and says why, where it cannot be built. */
export function ensureBuilt(): Promise<void>;
