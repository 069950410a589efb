const starts = ['ssh-', 'ecdsa-', 'sk-'];

/** After so many characters it is plain whether a text begins as a public key does. */
export const keyStartLength = Math.max(...starts.map((start) => start.length));

/**
 * Whether a text that is being typed may still become a public key. After a private key was taken out of the field, what
 * is typed on may be the rest of it: without its first line nothing gives it away.
 */
export const mayBecomePublicKey = (text: string): boolean =>
  starts.some((start) => start.startsWith(text) || text.startsWith(start));
