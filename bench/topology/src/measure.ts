// `npm run bench:topology`: the topology diagram beside its peers, in a headless Chromium.
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, type Page, chromium } from '@playwright/test';
import { build } from 'vite';
import { launchOptions } from '../../../e2e/chromium.ts';
import { percentile, report, table } from '../../src/report.ts';
import type { BenchState } from './bench-page.ts';
import type { DriveResult, Movement } from './drive.ts';
import { expandGroups } from './expand-groups.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: 'slipway:own,xyflow:elk-headlamp,cytoscape:elk-headlamp' },
    n: { type: 'string', default: '100,1000,10000' },
    runs: { type: 'string', default: '3' },
    groups: { type: 'string', default: '3' },
  },
});
const sizes = values.n.split(',').map(Number);
const runs = Number(values.runs);
const movements: readonly Movement[] = ['panFit', 'zoom', 'panNear'];
/** A case stops at the size that takes longer than this to be drawn, in milliseconds. */
const limitMs = 60_000;
const root = import.meta.dirname;
const site = join(root, '../dist');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** What is measured of one page; times in milliseconds. */
interface Measured {
  nodes: number;
  edges: number;
  buildMs: number;
  layoutMs: number;
  renderMs: number;
  totalMs: number;
  fps: Record<Movement, number>;
  heapMb: number;
  elements: number;
  updateMs: number | undefined;
  sharpMs: number | undefined;
}

await build({ configFile: join(root, '../vite.config.ts'), logLevel: 'warn' });
const groups = expandGroups(join(site, 'groups')).slice(0, Number(values.groups));
const server = await serve(site);
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
try {
  const rows: (string | number)[][] = [];
  for (const each of values.cases.split(',')) {
    const [lib = '', layout = ''] = each.split(':');
    for (const n of sizes) {
      const results = await measureOften(`lib=${lib}&layout=${layout}&n=${n}`);
      rows.push(row(each, `${n}`, results));
      if (!results) break;
    }
    for (const { name, resources } of groups) {
      rows.push(
        row(each, `${name} (${resources})`, await measureOften(`lib=${lib}&layout=${layout}&group=${name}`)),
      );
    }
  }
  await report('topology', 'The topology diagram and its peers', [
    `Headless Chromium without a graphics card, window 1366 × 768, medians of ${runs} runs, each in a browser of its own. Data are resources as ARM lists them, in memory; *first full paint* is from there to the frame that shows everything: graph, layout, drawing. Frames per second over 3 s each: the whole graph moved about, zoomed from the whole to its natural size and back, moved about at its natural size. *Update*: one resource of all changes its state, the time the page's thread is busy. *Sharp again*: from the last movement to the last change of the picture. The peers lay out with ELK in a worker, as Headlamp's map does.`,
    table(
      [
        'case',
        'resources',
        'nodes / lines',
        'graph ms',
        'layout ms',
        'drawing ms',
        'first full paint ms',
        'fps: whole',
        'fps: zoom',
        'fps: near',
        'heap MB',
        'elements',
        'update ms',
        'sharp again ms',
      ],
      rows,
    ),
  ]);
} finally {
  server.close();
}

function row(name: string, size: string, results: Measured[] | undefined): (string | number)[] {
  if (!results)
    return [name, size, `stopped: not drawn within ${limitMs / 1_000} s`, ...Array<string>(11).fill('')];
  const middle = (pick: (result: Measured) => number | undefined): string => {
    const known = results.flatMap((result) => pick(result) ?? []);
    return known.length === 0 ? '' : percentile(known, 0.5).toFixed(0);
  };
  return [
    name,
    size,
    `${middle(({ nodes }) => nodes)} / ${middle(({ edges }) => edges)}`,
    middle(({ buildMs }) => buildMs),
    middle(({ layoutMs }) => layoutMs),
    middle(({ renderMs }) => renderMs),
    middle(({ totalMs }) => totalMs),
    ...movements.map((movement) => middle(({ fps }) => fps[movement])),
    middle(({ heapMb }) => heapMb),
    middle(({ elements }) => elements),
    middle(({ updateMs }) => updateMs),
    middle(({ sharpMs }) => sharpMs),
  ];
}

async function measureOften(query: string): Promise<Measured[] | undefined> {
  const results: Measured[] = [];
  for (let run = 0; run < runs; run += 1) {
    const browser = await chromium.launch(launchOptions);
    try {
      const result = await measure(browser, query);
      if (!result) return undefined;
      results.push(result);
      console.log(query, JSON.stringify(result));
    } finally {
      await browser.close();
    }
  }
  return results;
}

async function measure(browser: Browser, query: string): Promise<Measured | undefined> {
  const page = await browser.newPage({ viewport: { width: 1_366, height: 768 } });
  const devTools = await page.context().newCDPSession(page);
  await page.goto(`http://localhost:${port}/?${query}`);
  const isDrawn = await page
    .waitForFunction(`['ready', 'error'].includes(window.__topo?.state)`, undefined, { timeout: limitMs })
    .then(
      () => true,
      () => false,
    );
  if (!isDrawn) return undefined;
  const {
    state,
    t,
    nodes = 0,
    edges = 0,
    error,
  } = await page.evaluate<BenchState>(
    '({ ...window.__topo, view: undefined, update: undefined, sharpAfterMove: undefined })',
  );
  if (state === 'error') throw new Error(`${query}: ${error}`);
  await page.waitForTimeout(1_000);
  const heapMb = await heapOf(devTools);
  const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`);
  const fps = { panFit: 0, zoom: 0, panNear: 0 };
  for (const movement of movements) {
    const result = await page.evaluate<DriveResult>(`window.__drive('${movement}', 3000)`);
    fps[movement] = result.fps;
    await page.waitForTimeout(400);
  }
  return {
    nodes,
    edges,
    buildMs: t.genMs ?? 0,
    layoutMs: t.layoutMs ?? 0,
    renderMs: t.renderMs ?? 0,
    totalMs: t.totalMs ?? 0,
    fps,
    heapMb,
    elements,
    updateMs: await often(page, 'update', 9),
    sharpMs: await often(page, 'sharpAfterMove', 3),
  };
}

/** The median of what a function of the page answers; undefined where it has none of that name. */
async function often(
  page: Page,
  name: 'update' | 'sharpAfterMove',
  times: number,
): Promise<number | undefined> {
  const answers = await page.evaluate<number[]>(`(async () => {
    const answers = [];
    for (let at = 0; window.__topo.${name} && at < ${times}; at += 1) answers.push(await window.__topo.${name}());
    return answers;
  })()`);
  return answers.length === 0 ? undefined : percentile(answers, 0.5);
}

async function heapOf(devTools: CDPSession): Promise<number> {
  await devTools.send('HeapProfiler.enable');
  await devTools.send('HeapProfiler.collectGarbage');
  return (await devTools.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
}

/** Serves a folder's files on a free port of this machine. */
function serve(folder: string): Promise<Server> {
  const files = createServer(({ url = '/' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': contentTypes[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    files.listen(0, '127.0.0.1', () => resolve(files));
  });
}
