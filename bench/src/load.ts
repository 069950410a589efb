// `npm run bench:load`: how soon the portal is there on a phone's connection and on a slow processor.
import { routes } from '@slipway/contract';
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { parseArgs } from 'node:util';
import { launchOptions } from '../../e2e/chromium.ts';
import { specFor } from '../../e2e/fixtures/cluster-spec.ts';
import { ensureBuilt } from '../../scripts/workspace.mjs';
import { startBenchServices } from './bench-services.ts';
import { PortalClient, pathOf } from './portal-client.ts';
import { z } from 'zod';
import { percentile, report, table } from './report.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1 || runs > 100)
  throw new Error(`--runs is a whole number from 1 to 100, and not ${values.runs}.`);

/** As browsers' tools call it: slow 3G. */
const slowLine = { latencyMs: 400, bytesPerSecond: 400_000 / 8 };
const viewport = { width: 390, height: 844 };
/** What is not usable by then never will be: the slowest of the pages is meant to take seven seconds. */
const longestLoadMs = 120_000;

interface Case {
  name: string;
  address: string;
  /** What must be seen, so that the page can be used. */
  usable: string;
  line?: typeof slowLine;
  /** How many times slower the processor is made. */
  slowdown: number;
  warm: boolean;
  /** Upper limits, in milliseconds. */
  targets: { paint?: number; usable: number };
}

const list = { address: '/', usable: 'main a[href^="/clusters/"]' };
const wizard = { address: '/create', usable: 'main [role="combobox"]' };
const cases: readonly Case[] = [
  {
    name: 'List, cold, 400 kbit/s and 400 ms',
    ...list,
    line: slowLine,
    slowdown: 1,
    warm: false,
    targets: { paint: 2_000, usable: 6_000 },
  },
  {
    name: 'List, warm, 400 kbit/s and 400 ms',
    ...list,
    line: slowLine,
    slowdown: 1,
    warm: true,
    targets: { usable: 2_000 },
  },
  {
    name: 'Wizard, cold, 400 kbit/s and 400 ms',
    ...wizard,
    line: slowLine,
    slowdown: 1,
    warm: false,
    targets: { paint: 2_000, usable: 7_000 },
  },
  { name: 'Wizard, cold, processor ×4', ...wizard, slowdown: 4, warm: false, targets: { usable: 1_000 } },
];

interface Measured {
  paintMs: number;
  usableMs: number;
  requests: number;
  kilobytes: number;
  shift: number;
}

/** Runs before the page's own scripts: notes when what `selector` names can first be seen, and what moves until then. */
const watching = (selector: string): string => `
  const seen = { shift: 0 };
  const { promise, resolve } = Promise.withResolvers();
  globalThis.slipwayLoad = promise;
  new PerformanceObserver((found) => {
    for (const { value } of found.getEntries()) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const isSeen = [...document.querySelectorAll(${JSON.stringify(selector)})].some(
      (element) => element.getBoundingClientRect().height > 1 && element.checkVisibility({ visibilityProperty: true }),
    );
    if (isSeen)
      resolve({
        ...seen,
        usableMs: performance.now(),
        paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now(),
      });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

async function open(context: BrowserContext, origin: string, each: Case): Promise<Measured> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  if (each.line) {
    const { latencyMs: latency, bytesPerSecond } = each.line;
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
  }
  if (each.slowdown > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: each.slowdown });
  let requests = 0;
  let bytes = 0;
  devtools.on('Network.requestWillBeSent', () => {
    requests += 1;
  });
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.addInitScript({ content: watching(each.usable) });
  await page.goto(`${origin}${each.address}`, { waitUntil: 'commit', timeout: longestLoadMs });
  const load = await page
    .waitForFunction('slipwayLoad', undefined, { timeout: longestLoadMs })
    .catch((cause: unknown) => {
      throw new Error(
        `${each.name}: of ${each.address}, nothing that matches ${each.usable} could be seen within ${longestLoadMs / 1_000} seconds. Open it with \`npm start\` and see what it says instead.`,
        { cause },
      );
    });
  const seen = seenSchema.parse(await load.jsonValue());
  const measured = { requests, kilobytes: bytes / 1_000, ...seen };
  await page.close();
  return measured;
}

const seenSchema = z.object({ paintMs: z.number(), usableMs: z.number(), shift: z.number() });

/** One visit with a profile of its own; a warm one has been there before, at full speed. */
async function measure(browser: Browser, origin: string, each: Case): Promise<Measured> {
  const context = await browser.newContext({ viewport });
  try {
    if (each.warm) {
      const { line: _line, ...atFullSpeed } = each;
      await open(context, origin, atFullSpeed);
    }
    return await open(context, origin, each);
  } finally {
    await context.close();
  }
}

await ensureBuilt();
const services = await startBenchServices({ SLIPWAY_PACE: 'instant' });
const rows: (string | number)[][] = [];
let version = '';
const missed: string[] = [];
try {
  const client = await PortalClient.open(services.portal);
  for (const name of ['harbor', 'wharf', 'quay']) {
    const spec = specFor(name);
    await client.create(spec);
    await client.watchToTheEnd(pathOf(spec), () => undefined);
    const { status } = await client.send('GET', routes.cluster(pathOf(spec)));
    if (status !== 200) throw new Error(`The cluster ${name} answers ${status}.`);
  }
  for (const each of cases) {
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run += 1) {
      // A browser of its own for each, for browsers keep compiled code also beyond a profile.
      const browser = await chromium.launch(launchOptions);
      version = browser.version();
      try {
        measured.push(await measure(browser, services.portal, each));
      } finally {
        await browser.close();
      }
    }
    const middle = (what: keyof Measured): number =>
      percentile(
        measured.map((one) => one[what]),
        0.5,
      );
    const judge = (what: 'paintMs' | 'usableMs', target: number | undefined): string => {
      const value = Math.round(middle(what));
      if (target === undefined) return `${value}`;
      if (value >= target)
        missed.push(`${each.name}: ${what === 'paintMs' ? 'first paint' : 'usable'} ${value} ms`);
      return `${value} (< ${target})`;
    };
    rows.push([
      each.name,
      judge('paintMs', each.targets.paint),
      judge('usableMs', each.targets.usable),
      Math.round(Math.max(...measured.map(({ usableMs }) => usableMs))),
      middle('requests'),
      middle('kilobytes').toFixed(0),
      middle('shift').toFixed(3),
    ]);
  }
} finally {
  await services.stop();
}

await report('load', 'How soon the portal is there', [
  `Headless Chromium ${version} without a graphics card, window ${viewport.width} × ${viewport.height}, medians of ${runs} runs, each in a browser of its own with an empty profile; the slow line and the slow processor are Chromium's own. Portal and local cloud run on the same machine. *First paint* is the first content; *usable* is when the first cluster of the list, or the wizard's first choice, can be seen. Requests, bytes on the line and layout shift are those until then. *Warm*: the same browser was there before. In brackets the target.`,
  table(['page', 'first paint (ms)', 'usable (ms)', 'slowest (ms)', 'requests', 'kB', 'layout shift'], rows),
  missed.length === 0 ? 'All targets are met.' : `Missed: ${missed.join('; ')}.`,
]);
