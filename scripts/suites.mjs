// The suites of `npm run check`, `npm test`, `npm run e2e:endurance` and `npm run test:machines`: each is run, timed and counted.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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

/** As much of an error as tells what was wrong: the whole of it stands where its suite printed it. */
const beginningOf = (message) =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 8)
    .map((line) => line.slice(0, 300))
    .join('\n');

/**
 * A suite of tests writes a JSON report, from which its results are counted, and what failed is named. `run` takes more of
 * an environment.
 */
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
      const { passed, failed, skipped, failures } = countOf(JSON.parse(readFileSync(report, 'utf8')));
      // A suite that ended badly without a failed test (a crash, an unhandled error) has failed all the same.
      return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped, failures };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** In the name of a file with tests that take long: many clients, many clusters, many faults. */
const endurance = '.endurance';
/** In the name of a file whose tests need a Docker Engine for real machines. */
const machines = '.machines';

/** What failed in a report of Vitest; a file that could not be run has no tests, but an error. */
function failuresOfVitest({ testResults }) {
  return testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [{ title: relative(root, file), message }];
    return failed.map(({ fullName, failureMessages }) => ({
      title: `${relative(root, file)} › ${fullName}`,
      message: failureMessages.join('\n'),
    }));
  });
}

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
      failures: failuresOfVitest(report),
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

/** What failed in a report of Playwright, at whatever depth of its suites, with what each try said. */
function failuresOfPlaywright({ specs = [], suites = [] }, within = []) {
  return [
    ...specs
      .filter(({ ok, tests: runs }) => !ok || runs.some(({ status }) => status === 'flaky'))
      .map(({ title, file, line, tests: runs }) => ({
        title: [`${file}:${line}`, ...within, title].join(' › '),
        message: runs
          .flatMap(({ results }) => results)
          .flatMap(({ errors = [] }) => errors)
          .map((error) => error.message ?? '')
          .join('\n'),
      })),
    ...suites.flatMap((suite) =>
      failuresOfPlaywright(suite, suite.title === suite.file ? within : [...within, suite.title]),
    ),
  ];
}

const countOfPlaywright = (report) => ({
  passed: report.stats.expected,
  failed: report.stats.unexpected + report.stats.flaky,
  skipped: report.stats.skipped,
  failures: [
    ...(report.errors ?? []).map(({ message }) => ({ title: 'outside of any test', message: message ?? '' })),
    ...failuresOfPlaywright(report),
  ],
});

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
    countOfPlaywright,
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
      countOfPlaywright,
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

/** What failed, again and together, since it stands far above the end: a block without empty lines. */
function printFailures(results) {
  const failed = results.filter((result) => result.failed > 0);
  if (failed.length === 0) return;
  console.log('What failed:');
  for (const { name, failures = [] } of failed) {
    if (failures.length === 0) console.log(`  ${name}: see above`);
    for (const { title, message } of failures) {
      console.log(`  ${name}: ${title}`);
      console.log(beginningOf(message).replace(/^/gm, '      '));
    }
  }
  console.log('');
}

/**
 * Runs the suites one after another, those in a list side by side, and prints what failed and the time of each; ends with
 * the sum of their counts. Resolves to whether nothing failed and something passed or, where a suite cannot run, was skipped.
 */
export async function runSuites(suites) {
  const results = [];
  for (const suite of suites) {
    const together = [suite].flat();
    console.log(`\n== ${together.map(({ name }) => name).join(', ')}`);
    results.push(...(await Promise.all(together.map(timed))));
  }
  console.log('');
  printFailures(results);
  for (const { name, seconds, ...counts } of results) {
    console.log(`${name.padEnd(17)} ${seconds.toFixed(1).padStart(7)} s   ${inWords(counts)}`);
  }
  const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
  const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  console.log(`\n${inWords(total)}`);
  return total.failed === 0 && total.passed + total.skipped > 0;
}
