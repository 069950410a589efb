import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../hostile-names.test-support.ts';
import {
  buildTopology,
  guidedWalk,
  walkAsText,
  type TopologyGraph,
  type TopologyResource,
  type WalkStep,
} from '../index.ts';
import { swarmResources } from '../swarm-resources.test-support.ts';

const graphOf = (masters: number, agents = 3): TopologyGraph =>
  buildTopology({ serviceName: 'demo', resources: swarmResources({ masters, agents, withInstances: true }) });
const stepTitled = (steps: readonly WalkStep[], title: RegExp): WalkStep => {
  const found = steps.find((step) => title.test(step.title));
  if (!found) throw new Error(`No step is titled ${String(title)}.`);
  return found;
};

describe('the walk through one of our clusters', () => {
  test.each([1, 3, 5])('goes from outside in, with %i masters', (masters) => {
    const graph = graphOf(masters);
    const steps = guidedWalk(graph);
    expect(steps.length).toBeGreaterThanOrEqual(10);
    expect(steps.length).toBeLessThanOrEqual(20);
    const ranks = ['internet', 'publicIp', 'virtualNetwork', 'virtualMachine', 'storageAccount'].map((kind) =>
      steps.findIndex(({ pieces }) => pieces.includes(graph.nodes.find((node) => node.kind === kind)!.id)),
    );
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(ranks[0]).toBeGreaterThan(0);
  });

  test('passes every piece, and shows nothing that is not there', () => {
    const graph = graphOf(3);
    const shown = new Set(guidedWalk(graph).flatMap(({ pieces }) => pieces));
    const known = new Set(graph.nodes.map(({ id }) => id));
    expect([...shown].filter((id) => !known.has(id))).toEqual([]);
    const missed = graph.nodes.filter(({ id, parent }) => {
      const isInAgent = graph.nodes.find((node) => node.id === parent)?.kind === 'scaleSetInstance';
      return !shown.has(id) && !isInAgent;
    });
    expect(missed.map(({ title }) => title)).toEqual([]);
  });

  test('uses the real values', () => {
    const steps = guidedWalk(graphOf(3));
    expect(stepTitled(steps, /whole/).what).toContain('three masters and three agents');
    expect(stepTitled(steps, /^Masters' public IP/).what).toContain('demomgmt.westeurope.slipway.localhost');
    const nat = stepTitled(steps, /one machine each/);
    expect(nat.what).toContain('port 2201 leads to master 1 (there, port 22)');
    expect(nat.why).toContain('ssh -p 2200 azureuser@demomgmt.westeurope.slipway.localhost');
    expect(nat.pieces).toHaveLength(4);
    expect(stepTitled(steps, /spread visitors/).what).toContain('80, 443 and 8080');
    expect(stepTitled(steps, /^Agents' security group/).what).toContain('TCP 443 from the internet');
    expect(stepTitled(steps, /two subnets/).what).toContain('172.16.0.0/24');
    expect(stepTitled(steps, /availability set/).what).toContain('2 fault domains');
    expect(stepTitled(steps, /availability set/).why).toContain('of three, one may fail');
    expect(stepTitled(steps, /The agents/).what).toContain('The number here is 3.');
  });

  test('explains cryptic names part by part, and what all have in common once', () => {
    const steps = guidedWalk(graphOf(3));
    expect(stepTitled(steps, /whole/).name).toMatch(/“swarm”.*12345678/);
    expect(stepTitled(steps, /^Masters' public IP/).name).toBe(
      'In “swarm-master-ip-demomgmt-12345678”, “master” says that it is the masters’; “ip” is short for IP address; “demomgmt” is the beginning of its DNS name (“demo” was chosen by whoever made the cluster, “mgmt” is short for management).',
    );
    expect(stepTitled(steps, /The agents/).name).toContain('“vmss” is short for virtual machine scale set');
    expect(stepTitled(steps, /disks/).name).toContain('“OsDisk” says that the operating system is on it');
    expect(steps.filter(({ name }) => name?.includes('12345678” is')).length).toBe(0);
  });

  test('says nothing of names that say nothing', () => {
    const graph = graphOf(3);
    const nodes = graph.nodes.map((node, index) => ({ ...node, name: `n${index * 7919}x` }));
    for (const { name } of guidedWalk({ ...graph, nodes })) expect(name).toBeUndefined();
  });

  test('believes a name only where the structure bears it out', () => {
    const graph = graphOf(1);
    const nodes = graph.nodes.map((node) =>
      node.kind === 'storageAccount' ? { ...node, name: 'nsg-lb-vnet-master-0' } : node,
    );
    expect(stepTitled(guidedWalk({ ...graph, nodes }), /Storage/).name).toBeUndefined();
  });
});

const resource = (
  type: string,
  name: string,
  properties: Record<string, unknown> = {},
): TopologyResource => ({
  id: `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/tea/providers/${type}/${name}`,
  name,
  type,
  properties,
});

describe('the walk through any group', () => {
  test('names what nobody knows by its type, and what lies outside', () => {
    const resources = [
      resource('Contoso.Tea/teapots', 'brown', {
        cup: '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/other/providers/Contoso.Tea/cups/blue',
      }),
      resource('Contoso.Tea/teapots', 'white'),
    ];
    const steps = guidedWalk(buildTopology({ serviceName: 'tea', resources }));
    expect(stepTitled(steps, /Teapots/).what).toContain('“brown” and “white”');
    expect(stepTitled(steps, /blue/).what).toContain('not in this group');
  });

  test('ends soon, however many types there are', () => {
    const resources = Array.from({ length: 40 }, (_, index) =>
      resource(`Contoso.Tea/things${index}`, `x${index}`),
    );
    const graph = buildTopology({ serviceName: 'tea', resources });
    const steps = guidedWalk(graph);
    expect(steps.length).toBeLessThanOrEqual(10);
    expect(new Set(steps.flatMap(({ pieces }) => pieces)).size).toBe(graph.nodes.length);
  });

  test('has a walk through nothing', () => {
    expect(guidedWalk({ nodes: [], edges: [] })).toEqual([]);
    expect(guidedWalk(buildTopology({ serviceName: 'demo', resources: [] })).length).toBeGreaterThan(0);
  });

  test('speaks in whole sentences of whatever part of a cluster there is', () => {
    fc.assert(
      fc.property(fc.subarray(swarmResources({ masters: 3, agents: 2, withInstances: true })), (some) => {
        for (const { pieces, what, why, without } of guidedWalk(
          buildTopology({ serviceName: 'demo', resources: some }),
        )) {
          expect(pieces.length).toBeGreaterThan(0);
          for (const text of [what, why, without]) {
            expect(text).toMatch(/^[A-Z0-9].*[.?!]$/s);
            expect(text).not.toMatch(/undefined|NaN| {2}|\.\./);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the walk as text', () => {
  test('is a page with a heading for each step', () => {
    const steps = guidedWalk(graphOf(3));
    const text = walkAsText(steps, 'demo');
    expect(text).toMatch(/^# demo\n\n## 1\. The whole of it\n\n/);
    expect(text.match(/^## \d+\. /gm)).toHaveLength(steps.length);
    expect(text).toContain('**Why it is there.**');
  });

  test('shows names as they are, whatever Markdown would make of them', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const graph = graphOf(1, 1);
        const nodes = graph.nodes.map((node) => ({ ...node, name }));
        const text = walkAsText(guidedWalk({ ...graph, nodes }), name);
        for (const line of text.split('\n')) {
          const withoutOwn = line
            .replace(/^#{1,2} (\d+\. )?/, '')
            .replace(/^\*\*[A-Za-z ]+\.\*\* /, '')
            .replaceAll(/\\[^A-Za-z0-9\s]/g, '');
          expect(withoutOwn).not.toMatch(/[`*_[\]<>#|~&$]/);
        }
      }),
      { numRuns: 40 },
    );
  });
});
