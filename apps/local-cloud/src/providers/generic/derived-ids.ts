import { createHash } from 'node:crypto';

/** A GUID that is always the same for one thing: what Azure draws once and keeps. */
export function guidFor(id: string, purpose: string): string {
  const hex = createHash('sha256').update(`${purpose} ${id.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Some characters (lower-case hexadecimal) that are always the same for one thing. */
export function hashFor(id: string, purpose: string, length: number): string {
  return createHash('sha256').update(`${purpose} ${id.toLowerCase()}`).digest('hex').slice(0, length);
}
