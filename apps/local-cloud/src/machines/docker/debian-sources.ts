/** One source of packages in `apt`'s sense. */
export interface PackageSource {
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
}

/**
 * Reads sources of binary packages out of a file of `/etc/apt`: one-line style (`.list`) or deb822 style (`.sources`), see
 * sources.list(5). What is disabled, or has no address over HTTP, is left out.
 */
export function readPackageSources(text: string): PackageSource[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.some((line) => /^(?:Types|URIs|Suites):/i.test(line))
    ? readStanzas(text)
    : lines.flatMap(readLine);
}

function readLine(line: string): PackageSource[] {
  const [, uri, suite, rest] = /^deb\s+(?:\[[^\]]*\]\s+)?(https?:\S+)\s+(\S+)\s*(.*)$/.exec(line) ?? [];
  if (uri === undefined || suite === undefined) return [];
  const components = (rest ?? '').split('#')[0]?.trim().split(/\s+/).filter(Boolean) ?? [];
  return [{ uri, suite, components }];
}

function readStanzas(text: string): PackageSource[] {
  const kept = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
  return kept.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string): string[] =>
      new RegExp(`^${name}:((?:.*)(?:\\n[ \\t]+.*)*)`, 'im')
        .exec(stanza)?.[1]
        ?.trim()
        .split(/\s+/)
        .filter(Boolean) ?? [];
    if (!field('Types').includes('deb') || field('Enabled')[0]?.toLowerCase() === 'no') return [];
    return field('URIs')
      .filter((uri) => /^https?:/.test(uri))
      .flatMap((uri) => field('Suites').map((suite) => ({ uri, suite, components: field('Components') })));
  });
}

/**
 * The sources of a release of Debian itself: its main archive, updates and security, which all are named after it.
 *
 * @param codename for example `bookworm`
 */
export function sourcesOfRelease(sources: readonly PackageSource[], codename: string): PackageSource[] {
  const suites = new Set([codename, `${codename}-updates`, `${codename}-security`, `${codename}/updates`]);
  return sources.filter(({ suite, components }) => suites.has(suite) && components.includes('main'));
}
