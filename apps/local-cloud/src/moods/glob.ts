/**
 * Whether a text matches a glob as a whole, without regard to case; `*` stands for anything, also for slashes and for
 * nothing. The time grows with the product of both lengths at worst, whatever the glob.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const parts = glob.toLowerCase().split('*');
  const subject = text.toLowerCase();
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return subject === first;
  if (!subject.startsWith(first)) return false;
  let index = first.length;
  for (const part of rest) {
    const found = subject.indexOf(part, index);
    if (found < 0) return false;
    index = found + part.length;
  }
  return subject.length - last.length >= index && subject.endsWith(last);
}
