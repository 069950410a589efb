// The suites of `npm run check`, `npm test`, `npm run e2e:endurance` and `npm run test:machines`: each is run, timed and counted.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditDependencies } from './audit.mjs';
import { node24, root, run, toolEnvironment } from './workspace.mjs';

const tool = (...path) => join(root, 'node_modules', ...path);
const typescript = (project) => [tool('typescript', 'bin', 'tsc'), '-p', project];

/** A check has one result: it passed or it failed. */
const check = (name, argsOfEach) => ({
  name,
  run: async () => {
    for (const args of argsOfEach) {
      if ((await run(node24, args)) !== 0) return { passed: 0, failed: 1 };
    }
    return { passed: 1, failed: 0 };
  },
});

/** A suite of tests writes a JSON report, from which its results are counted. `run` takes more of an environment. */
const tests = (name, args, environmentOf, countOf) => ({
  name,
  run: async (environment = {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-report-'));
    const report = join(folder, 'report.json');
    try {
      const code = await run(node24, args(report), {
        env: toolEnvironment({ ...environmentOf(report), ...environment }),
      });
      if (!existsSync(report)) return { passed: 0, failed: 1 };
      const { passed, failed, skipped } = countOf(JSON.parse(readFileSync(report, 'utf8')));
      // A suite that ended badly without a failed test (a crash, an unhandled error) has failed all the same.
      return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** In the name of a file with tests that take long: many clients, many clusters, many faults. */
const endurance = '.endurance';
/** In the name of a file whose tests need a Docker Engine for real machines. */
const machines = '.machines';

const unitTests = (name, selection) =>
  tests(
    name,
    (report) => [
      tool('vitest', 'vitest.mjs'),
      'run',
      ...selection,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    () => ({}),
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests + (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0),
      skipped: report.numPendingTests,
    }),
  );

/** The first three keep one processor busy each at most: they run side by side. */
export const checks = [
  [
    check('format', [[tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']]),
    check('lint', [[tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings']]),
    check(
      'types',
      [
        'tsconfig.json',
        'packages/tsconfig.json',
        'apps/portal/tsconfig.json',
        'bench/topology/tsconfig.json',
      ].map(typescript),
    ),
  ],
  unitTests('unit tests', ['--exclude', `**/*${endurance}.test.ts`, '--exclude', `**/*${machines}.test.ts`]),
];

/** Each of these files keeps a processor busy: many at once would only be late for each other. */
export const enduranceTests = unitTests('endurance tests', [endurance, '--maxWorkers=2']);

const browserSuite = (name, project) =>
  tests(
    name,
    () => [
      tool('@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      'e2e/playwright.config.ts',
      `--project=${project}`,
      '--reporter=list,json',
    ],
    (report) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
    ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  );

export const browserTests = browserSuite('browser tests', 'tests');

/** The journeys again for other widths, sizes and faults, and what kills at random. */
export const browserEndurance = browserSuite('browser endurance', 'endurance');

/** What pages look like. Apart from the other tests in the browser, which would keep the pages from coming to rest. */
export const looks = browserSuite('looks', 'looks');

const story = [
  tool('@playwright', 'test', 'cli.js'),
  'test',
  '--config',
  'e2e/machines/playwright.config.ts',
];

/** How many tests a listing in JSON tells of, in whatever depth. */
function specsIn({ specs = [], suites = [] }) {
  return specs.length + suites.reduce((sum, suite) => sum + specsIn(suite), 0);
}

function listing(args) {
  const { stdout } = spawnSync(node24, args, { cwd: root, env: toolEnvironment(), encoding: 'utf8' });
  return JSON.parse(stdout);
}

/**
 * The suites that need a Docker Engine. `size` counts the tests without running any. In the story each test needs those
 * before it: what did not run because one of them failed counts as skipped.
 */
export const machineSuites = [
  {
    ...unitTests('machine driver', [machines]),
    size: () => listing([tool('vitest', 'vitest.mjs'), 'list', machines, '--json']).length,
  },
  {
    ...tests(
      'story',
      () => [...story, '--reporter=list,json'],
      (report) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
      ({ stats }) => ({
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
      }),
    ),
    size: () => specsIn(listing([...story, '--list', '--reporter=json'])),
  },
];

export const audit = { name: 'dependencies', run: auditDependencies };

/** `N passed, N failed`, and what was skipped where something was. */
const inWords = ({ passed, failed, skipped = 0 }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

async function timed(suite) {
  const startedAt = performance.now();
  const counts = await suite.run();
  return { name: suite.name, seconds: (performance.now() - startedAt) / 1000, ...counts };
}

/**
 * Runs the suites one after another, those in a list side by side, and prints the time of each; ends with the sum of their
 * counts. Resolves to whether nothing failed and something passed or, where a suite cannot run, was skipped.
 */
export async function runSuites(suites) {
  const results = [];
  for (const suite of suites) {
    const together = [suite].flat();
    console.log(`\n== ${together.map(({ name }) => name).join(', ')}`);
    results.push(...(await Promise.all(together.map(timed))));
  }
  console.log('');
  for (const { name, seconds, ...counts } of results) {
    console.log(`${name.padEnd(17)} ${seconds.toFixed(1).padStart(7)} s   ${inWords(counts)}`);
  }
  const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
  const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  console.log(`\n${inWords(total)}`);
  return total.failed === 0 && total.passed + total.skipped > 0;
}
