import { expect, test } from 'vitest';
import { readPackageSources, sourcesOfRelease } from './debian-sources.ts';

const deb822 = `# made by an installer
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://sources.example/debian
Suites: bookworm
Components: main
`;

test('the one-line style and the deb822 style tell the same', () => {
  const lines = [
    '# deb http://off.example/debian bookworm main',
    'deb [arch=amd64 signed-by=/x.gpg] http://mirror.example/debian bookworm main contrib # ours',
    'deb http://mirror.example/debian bookworm-updates main contrib',
    'deb http://security.example/debian-security bookworm-security main',
    'deb-src http://sources.example/debian bookworm main',
    'deb cdrom:[Debian]/ bookworm main',
  ].join('\n');
  const read = readPackageSources(deb822);
  expect(read).toEqual(readPackageSources(lines));
  expect(read).toEqual([
    { uri: 'http://mirror.example/debian', suite: 'bookworm', components: ['main', 'contrib'] },
    { uri: 'http://mirror.example/debian', suite: 'bookworm-updates', components: ['main', 'contrib'] },
    { uri: 'http://security.example/debian-security', suite: 'bookworm-security', components: ['main'] },
  ]);
});

test("only a release's own archive, updates and security count", () => {
  const sources = [
    ...readPackageSources(deb822),
    ...readPackageSources(
      'deb https://other.example/node nodistro main\ndeb https://x.example/debian trixie main',
    ),
  ];
  expect(sourcesOfRelease(sources, 'bookworm').map(({ suite }) => suite)).toEqual([
    'bookworm',
    'bookworm-updates',
    'bookworm-security',
  ]);
  expect(sourcesOfRelease(sources, 'trixie')).toHaveLength(1);
});
