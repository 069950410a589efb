import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  decidedBuilds,
  isAcceptedLicence,
  licenceOf,
  lockedPackages,
  readAudit,
  runsAtInstall,
  unpinned,
} from '../dependency-checks.mjs';

const lockfile = (packages: string): string =>
  `lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\npackages:\n\n${packages}\nsnapshots:\n\n  not-a-package@1.0.0: {}\n`;
const hash = 'sha512-SGUhG5PIHd2eMdpgBF2PyQLOhX==';

const advisory = (severity: string): object => ({
  id: 7,
  module_name: 'a',
  severity,
  title: 'Bad',
  github_advisory_id: 'GHSA-x',
});

describe('the audit of the dependencies', () => {
  it.each([
    ['1.2.3', true],
    ['1.2.3-beta.4', true],
    ['workspace:*', true],
    ['^1.2.3', false],
    ['~1.2.3', false],
    ['1.x', false],
    ['latest', false],
    ['>=1.0.0', false],
    ['https://example.org/a.tgz', false],
    ['git+https://example.org/a.git', false],
    ['file:../a', false],
  ])('takes %s for an exact version: %s', (range, isExact) => {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
      expect(unpinned({ [kind]: { a: range } })).toEqual(isExact ? [] : [`a ${range}`]);
  });

  it('reads packages, hashes, addresses and deprecations from a lockfile', () => {
    const text = lockfile(
      [
        `  '@a/good@1.0.0':\n    resolution: {integrity: ${hash}}\n    engines: {node: '>=20'}\n`,
        `  no-hash@1.0.0:\n    resolution: {}\n`,
        `  fetched@1.0.0:\n    resolution: {integrity: ${hash}, tarball: https://example.org/a.tgz}\n`,
        `  old@1.0.0:\n    resolution: {integrity: ${hash}}\n    deprecated: Use new instead\n`,
      ].join('\n'),
    );
    expect(lockedPackages(text)).toEqual([
      { id: '@a/good@1.0.0', hasHash: true, hasAddress: false, deprecated: undefined },
      { id: 'no-hash@1.0.0', hasHash: false, hasAddress: false, deprecated: undefined },
      { id: 'fetched@1.0.0', hasHash: true, hasAddress: true, deprecated: undefined },
      { id: 'old@1.0.0', hasHash: true, hasAddress: false, deprecated: 'Use new instead' },
    ]);
    expect(lockedPackages(text.replaceAll('\n', '\r\n'))).toHaveLength(4);
    expect(() => lockedPackages(text.replace('9.0', '10.0'))).toThrow('version 10');
  });

  it("reads all of this project's own lockfile", () => {
    const text = readFileSync(new URL('../../pnpm-lock.yaml', import.meta.url), 'utf8');
    expect(lockedPackages(text)).toHaveLength(text.match(/^ {4}resolution: /gm)?.length ?? 0);
  });

  it('reads about whom it is decided whether they run a script at install, and sees who would', () => {
    expect(decidedBuilds('packages:\n  - a\n\n# why\nallowBuilds:\n  node: true\n  other: false\n')).toEqual([
      'node',
      'other',
    ]);
    expect(decidedBuilds('packages:\n  - a\n')).toEqual([]);
    expect(runsAtInstall({ scripts: { postinstall: 'node x.js' } })).toBe(true);
    expect(runsAtInstall({ scripts: { test: 'x', prepare: 'y' } })).toBe(false);
    expect(runsAtInstall({})).toBe(false);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE.md', false],
    [undefined, false],
  ])('a licence of %s is accepted: %s', (licence, isAccepted) => {
    expect(isAcceptedLicence(licence)).toBe(isAccepted);
  });

  it('reads the licence also from the list of old manifests', () => {
    expect(licenceOf({ license: 'ISC', licenses: [{ type: 'MIT' }] })).toBe('ISC');
    expect(licenceOf({ licenses: [{ type: 'MIT', url: 'x' }, { type: 'GPL-3.0-only' }] })).toBe(
      'MIT OR GPL-3.0-only',
    );
    expect(isAcceptedLicence(licenceOf({ licenses: [{ type: 'GPL-3.0-only' }] }))).toBe(false);
    expect(licenceOf({})).toBeUndefined();
  });

  it('tells grave vulnerabilities', () => {
    const output = `npm warn something\n${JSON.stringify({ advisories: { 1: advisory('moderate'), 2: advisory('high') } })}`;
    expect(readAudit(output)).toEqual({ kind: 'audited', found: ['a: high, Bad (GHSA-x)'] });
    expect(readAudit('{"advisories":{},"metadata":{}}')).toEqual({ kind: 'audited', found: [] });
  });

  it.each([
    [
      'The audit endpoint (at https://name:secret@example.org/x) responded with 405:',
      'the registry answered 405',
    ],
    ['ERR_PNPM_AUDIT_BAD_RESPONSE … responded with 404: Not Found', 'the registry answered 404'],
    [
      'request to https://name:secret@example.org failed, reason: getaddrinfo ENOTFOUND',
      'the registry cannot be reached',
    ],
  ])('says plainly that there is no audit, without what was printed', (output, why) => {
    expect(readAudit(output)).toEqual({ kind: 'unavailable', why });
  });

  it('fails on what it does not know, and names only the error', () => {
    expect(readAudit('ERR_PNPM_AUDIT_NO_LOCKFILE at name:secret@example.org')).toEqual({
      kind: 'failed',
      code: 'ERR_PNPM_AUDIT_NO_LOCKFILE',
    });
    expect(readAudit('{"broken')).toEqual({ kind: 'failed', code: 'no known error' });
  });
});
