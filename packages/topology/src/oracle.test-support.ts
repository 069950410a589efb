import { expect } from 'vitest';
import type { TopologyGraph, TopologyNode, TopologyResource } from './index.ts';

/** Two resources, by their ids in lower case, of which the first states an id of the second. */
export type Statement = readonly [from: string, to: string];

const idForm = /^\/(?:subscriptions\/[^/]+|providers\/[^/]+\/[^/]+\/[^/]+)(?:\/[^/]+)*$/;
const notProperties = new Set(['id', 'name', 'type', 'location', 'tags', 'dependsOn']);

/**
 * Everything that the resources' properties state of each other, and of what is not among them, told by another way than
 * the product's: over the JSON text of each resource, by the longest beginning that is a resource's id.
 */
export function statementsOf(resources: readonly TopologyResource[]): {
  inside: Statement[];
  outside: Statement[];
} {
  const known = new Set(resources.map(({ id }) => id.toLowerCase()));
  const inside = new Map<string, Statement>();
  const outside = new Map<string, Statement>();
  for (const resource of resources) {
    const own = resource.id.toLowerCase();
    const rest = Object.entries(resource).filter(([name]) => !notProperties.has(name));
    // Values and names alike stand in quotes.
    const quoted = JSON.stringify(Object.fromEntries(rest)).match(/"\/(?:[^"\\]|\\.)*"/g) ?? [];
    for (const text of quoted) {
      const id = String(JSON.parse(text))
        .toLowerCase()
        .replace(/\/$/, '')
        .replace(/\/providers\/[^/]+$/, '');
      if (!idForm.test(id)) continue;
      const to = beginningsOf(id).find(
        (start) => known.has(start) && (start === id || start.includes('/providers/')),
      );
      if (to !== undefined) {
        if (to !== own) inside.set(`${own} ${to}`, [own, to]);
      } else if (id.includes('/providers/') || !own.startsWith(`${id}/`)) {
        outside.set(`${own} ${id}`, [own, id]);
      }
    }
  }
  return { inside: [...inside.values()], outside: [...outside.values()] };
}

const beginnings = new Map<string, string[]>();

/** The id itself and everything that it continues, the longest first. */
function beginningsOf(id: string): string[] {
  const known = beginnings.get(id);
  if (known !== undefined) return known;
  const segments = id.split('/');
  const found = segments.map((_, index) => segments.slice(0, segments.length - index).join('/')).slice(0, -1);
  beginnings.set(id, found);
  return found;
}

/** Fails where a graph misses what the properties of its resources state, or has a line that they do not state. */
export function expectStated(graph: TopologyGraph, resources: readonly TopologyResource[]): void {
  const resourceIds = new Set(resources.map(({ id }) => id.toLowerCase()));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const wholeOf = (id: string): string => beginningsOf(id).find((start) => resourceIds.has(start)) ?? id;
  const { inside, outside } = statementsOf(resources);

  // What a resource states may be drawn at a part or child of it: at a subnet, at a rule. What it leads to may be drawn as
  // the part that is named, or as the rules of the load balancer.
  const drawn = new Set<string>();
  const draw = (one: string, other: string): void => {
    for (const from of beginningsOf(one)) {
      for (const to of [other, wholeOf(other), balancerOf(other)]) drawn.add(`${from} ${to}`);
    }
  };
  for (const { from, to } of graph.edges) {
    draw(from, to);
    draw(to, from);
  }
  for (const node of graph.nodes) {
    for (const around of containersOf(node, nodes)) {
      draw(node.id, around);
      draw(around, node.id);
    }
  }
  const missing = inside.filter(([from, to]) => !drawn.has(`${from} ${to}`));
  expect(missing, 'stated, but not drawn').toEqual([]);

  const stubOf = (id: string): TopologyNode | undefined =>
    beginningsOf(id).flatMap((start) => {
      const node = nodes.get(start);
      return node && standsForAnother(node) ? node : [];
    })[0];
  const unled = outside.filter(([from, id]) => {
    const stub = stubOf(id);
    return stub === undefined || !drawn.has(`${from} ${stub.id}`);
  });
  expect(unled, 'stated to lead out, but not drawn').toEqual([]);

  const stated = new Set([
    ...inside.map(([from, to]) => pair(from, to)),
    ...outside.map(([from, id]) => pair(from, stubOf(id)?.id ?? id)),
  ]);
  // Parts of one resource may name each other. A child that is a resource of its own may be drawn with what its parent states of it, or of the pool that it uses.
  const isStated = (from: string, to: string): boolean =>
    wholeOf(from) === wholeOf(to) ||
    beginningsOf(from).some((one) => beginningsOf(to).some((other) => stated.has(pair(one, other))));
  const invented = graph.edges.filter(
    ({ from, to, kind }) =>
      from !== 'internet' && to !== 'internet' && kind !== 'diagnostics' && !isStated(from, to),
  );
  expect(invented, 'drawn, but not stated').toEqual([]);
  expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
  expectForest(graph);
}

/** The disk of a scale set's machine is drawn with the machine, which is all that tells of it. */
const standsForAnother = ({ kind, isPart }: TopologyNode): boolean =>
  kind === 'outside' || (kind === 'disk' && isPart === true);

const pair = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

const balancerOf = (id: string): string => id.replace(/^(.*\/loadbalancers\/[^/]+)\/.*$/, '$1');

function containersOf(node: TopologyNode, nodes: ReadonlyMap<string, TopologyNode>): string[] {
  const found: string[] = [];
  for (let at = node.parent; at !== undefined && found.length < 1000; at = nodes.get(at)?.parent)
    found.push(at);
  return found;
}

/** Fails where a node is there twice, an end of a line is missing, or something lies, at any depth, in itself. */
export function expectForest(graph: TopologyGraph): void {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  expect(nodes.size).toBe(graph.nodes.length);
  const lost = graph.edges.filter(({ from, to }) => !nodes.has(from) || !nodes.has(to));
  expect(lost).toEqual([]);
  for (const node of graph.nodes) {
    const around = containersOf(node, nodes);
    const outermost = node.kind === 'outside' || node.kind === 'internet' ? undefined : 'service';
    expect(around.at(-1) ?? (node.id === 'service' ? 'service' : undefined)).toBe(outermost);
    expect(new Set([node.id, ...around]).size).toBe(around.length + 1);
  }
}
