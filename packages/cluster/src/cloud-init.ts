/**
 * Puts the files that a cloud-init document asks for into it. A line `content: '@file:scripts/x.py'` under
 * `write_files` becomes a literal block with that file's text; nothing else is touched, so the result is as
 * readable as its sources and the same sources always give the same bytes.
 *
 * @param document text of the cloud-init document
 * @param files texts by name, as the document names them
 * @throws Error naming the file when one is missing, or cannot stand in a literal block
 */
export function composeCloudInit(document: string, files: Readonly<Record<string, string>>): string {
  return document.replace(
    /^([ \t]*)content: ['"]@file:([^'"\n]+)['"]$/gm,
    (_line, indentation: string, name: string) =>
      `${indentation}content: |\n${indented(literalText(name, files), `${indentation}  `)}`,
  );
}

function literalText(name: string, files: Readonly<Record<string, string>>): string {
  const text = files[name];
  if (text === undefined)
    throw new Error(`The cloud-init document asks for the file ${name}, which was not given.`);
  // A literal block ends with exactly one line end, keeps no carriage returns, and takes its indentation from line one.
  if (!/^\S[^\r]*[^\s]\n$/.test(text))
    throw new Error(
      `The file ${name} must start with a character at the margin, have Unix line ends, and end with one line end.`,
    );
  return text.slice(0, -1);
}

const indented = (text: string, indentation: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : indentation + line))
    .join('\n');
