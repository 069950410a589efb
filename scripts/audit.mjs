// `npm run audit`: what is known of the dependencies. Most of it needs no network and always counts; known
// vulnerabilities are asked of the registry where it answers such questions.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  decidedBuilds,
  isAcceptedLicence,
  lookedAtLicences,
  licenceOf,
  lockedPackages,
  readAudit,
  runsAtInstall,
  unpinned,
} from './dependency-checks.mjs';
import { ensureInstalled, manifestPaths, pnpm, root } from './workspace.mjs';

/** The registry's audit is waited for no longer; the other checks stand without it. */
const auditWithinMs = 60_000;

const text = (...path) => readFileSync(join(root, ...path), 'utf8');
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The manifests of everything that is installed, each once. */
function installedManifests() {
  const store = join(root, 'node_modules', '.pnpm');
  const packagesIn = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.name.startsWith('@')) return packagesIn(join(folder, entry.name));
      return entry.isDirectory() ? [join(folder, entry.name, 'package.json')] : [];
    });
  return readdirSync(store)
    .map((name) => join(store, name, 'node_modules'))
    .filter((folder) => existsSync(folder))
    .flatMap(packagesIn)
    .filter((path) => existsSync(path))
    .map(json);
}

const named = ({ name, version }) => `${name}@${version}`;

/** Each check says what it found wrong; an empty list is a pass. */
function offlineChecks() {
  const locked = lockedPackages(text('pnpm-lock.yaml'));
  const installed = installedManifests();
  const decided = decidedBuilds(text('pnpm-workspace.yaml'));
  return [
    [
      'the lockfile and the installed packages are there',
      locked.length > 0 && installed.length > 0 ? [] : ['nothing was found to check'],
    ],
    ['every dependency is pinned to one version', manifestPaths().flatMap((path) => unpinned(json(path)))],
    ['every package has a hash of its content', locked.filter(({ hasHash }) => !hasHash).map(({ id }) => id)],
    [
      'no package names an address of its own',
      locked.filter(({ hasAddress }) => hasAddress).map(({ id }) => id),
    ],
    [
      'no package is deprecated',
      locked
        .filter(({ deprecated }) => deprecated !== undefined)
        .map(({ id, deprecated }) => `${id}: ${deprecated}`),
    ],
    [
      'it is decided which packages may run a script at install',
      installed.filter((manifest) => runsAtInstall(manifest) && !decided.includes(manifest.name)).map(named),
    ],
    [
      'every licence is an accepted one',
      installed
        .filter(
          (manifest) => !lookedAtLicences.includes(manifest.name) && !isAcceptedLicence(licenceOf(manifest)),
        )
        .map((manifest) => `${named(manifest)}: ${JSON.stringify(licenceOf(manifest) ?? 'none')}`),
    ],
  ];
}

/** What the registry knows of vulnerabilities. Its words are read, never printed. */
function registryAudit() {
  return new Promise((done) => {
    const child = spawn('npx', ['--yes', pnpm, 'audit', '--audit-level', 'high', '--json'], {
      cwd: root,
      env: { ...process.env, CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      timeout: auditWithinMs,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', () => done({ kind: 'unavailable', why: 'the package manager could not be started' }));
    child.once('close', (_code, signal) =>
      done(signal ? { kind: 'unavailable', why: 'the registry did not answer in time' } : readAudit(output)),
    );
  });
}

/** Runs all checks, prints a line for each, and counts them; an audit that is not offered counts as nothing. */
export async function auditDependencies() {
  const results = offlineChecks();
  const audit = await registryAudit();
  if (audit.kind === 'audited') results.push(['the registry knows of no grave vulnerability', audit.found]);
  if (audit.kind === 'failed') results.push(['the registry can be asked for vulnerabilities', [audit.code]]);
  for (const [what, wrong] of results) {
    console.log(`${wrong.length === 0 ? 'passed' : 'FAILED'}: ${what}`);
    for (const item of wrong) console.log(`  ${item}`);
  }
  if (audit.kind === 'unavailable') console.log(`Known vulnerabilities were not asked for: ${audit.why}.`);
  const failed = results.filter(([, wrong]) => wrong.length > 0).length;
  return { passed: results.length - failed, failed };
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === join(import.meta.dirname, 'audit.mjs')) {
  try {
    await ensureInstalled();
    const { passed, failed } = await auditDependencies();
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
