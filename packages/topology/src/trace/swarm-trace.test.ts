import { describe, expect, test } from 'vitest';
import {
  buildTopology,
  parseConnection,
  suggestConnections,
  traceConnection,
  whatItReaches,
  whatReaches,
  type Trace,
  type TraceInput,
} from '../index.ts';
import { swarmResources, type SwarmShape } from '../swarm-resources.test-support.ts';

/** A cluster as the portal gives it: its resources, and the titles of its graph. */
function cluster(shape: SwarmShape): TraceInput & { idOf: (title: string) => string } {
  const resources = swarmResources(shape);
  const { nodes } = buildTopology({ serviceName: 'demo', resources });
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  return {
    resources,
    titleOf: (id) => titles.get(id),
    idOf: (title) => nodes.find((node) => node.title === title)!.id,
  };
}

function follow(input: TraceInput, text: string): Trace {
  const read = parseConnection(input, text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem}`);
  return traceConnection(input, read.connection);
}

const pieces = (input: TraceInput, { paths }: Trace, place = 0): string[] =>
  paths[place]!.hops.map(({ piece }) => input.titleOf!(piece) ?? piece.split('/').slice(-2).join('/'));

describe.each([1, 3, 5])('a cluster of %i masters', (masters) => {
  const input = cluster({ masters, agents: 3, withInstances: true });

  test('shows how SSH reaches each master', () => {
    for (let index = 0; index < masters; index++) {
      const trace = follow(input, `ssh -p ${2200 + index}`);
      expect(trace.outcome).toBe('arrives');
      expect(trace.summary).toBe(
        `TCP ${2200 + index} at 203.0.113.10 reaches master ${index} (172.16.0.${5 + index}) at port 22.`,
      );
      expect(pieces(input, trace)).toEqual([
        'Internet',
        "Masters' public IP address",
        `TCP ${2200 + index} → master ${index}:22`,
        'Admits TCP 22 from the internet',
        `Master ${index}'s network interface`,
        `Master ${index}`,
      ]);
    }
  });

  test('says what the rule does to the address and the port', () => {
    const { paths } = follow(input, 'internet → TCP 22');
    const rule = paths[0]!.hops[2]!;
    expect(rule.says).toBe('TCP 22 at 203.0.113.10 goes to port 2222 of master 0 (172.16.0.5).');
    expect(paths[0]!.hops[1]!.packet).toMatchObject({ destination: '203.0.113.10', port: 22 });
    expect(rule.packet).toMatchObject({
      source: 'any public address',
      destination: '172.16.0.5',
      port: 2222,
    });
    expect(rule.with).toEqual([input.idOf("Masters' load balancer")]);
  });

  test('shows which agents share what arrives on 443', () => {
    const trace = follow(input, 'https');
    expect(trace).toMatchObject({
      outcome: 'arrives',
      title: "Internet → Agents' public IP address, TCP 443",
    });
    expect(trace.paths.map((path) => input.titleOf!(path.at))).toEqual(['Agent 0', 'Agent 1', 'Agent 2']);
    expect(trace.paths[1]!.hops[2]!.facts).toContainEqual({
      label: 'Backends',
      value: '3 share it: agent 0, agent 1 and agent 2',
    });
    expect(trace.paths[1]!.hops[3]!).toMatchObject({
      verdict: 'passes',
      says: "The agents' security group lets TCP 443 from the internet through: rule allow-443 (priority 101).",
    });
  });

  test('lights up the lines between the pieces', () => {
    const { links } = follow(input, 'ssh -p 2200');
    const id = input.idOf;
    expect(links).toEqual(
      expect.arrayContaining([
        ['internet', id("Masters' public IP address")],
        [id("Masters' public IP address"), id("Masters' load balancer")],
        [id("Masters' security group"), id("Masters' subnet")],
        [id("Master 0's network interface"), id('Master 0')],
      ]),
    );
  });

  test('lets nobody on the internet reach 2375 or 2377', () => {
    for (const port of [2375, 2377]) {
      const trace = follow(input, `internet → tcp ${port}`);
      expect(trace.outcome).toBe('blocked');
      expect(trace.paths.map(({ at }) => input.titleOf!(at))).toEqual([
        "Masters' load balancer",
        "Agents' load balancer",
      ]);
      expect(trace.summary).toContain(
        `Stopped at the agents' load balancer: it has no rule for TCP ${port} (it has TCP 80, 443 and 8080).`,
      );
      expect(follow(input, `internet → master 0, TCP ${port}`).outcome).toBe('blocked');
    }
  });

  test('lets agents reach 2377 of a master through the network', () => {
    const trace = follow(input, 'agent 2 → master 0:2377');
    expect(trace.summary).toBe('TCP 2377 from agent 2 reaches master 0 (172.16.0.5).');
    expect(pieces(input, trace)).toEqual([
      'Agent 2',
      "Agents' security group",
      'Virtual network',
      "Masters' security group",
      "Master 0's network interface",
      'Master 0',
    ]);
    expect(trace.paths[0]!.hops[3]!.facts).toContainEqual({
      label: 'Default rule',
      value: 'AllowVnetInBound',
    });
  });

  test('shows how a master reaches the internet', () => {
    const trace = follow(input, 'master 0 to internet tcp 443');
    expect(trace.summary).toBe('TCP 443 from master 0 reaches the internet as 203.0.113.10.');
    expect(pieces(input, trace)).toEqual([
      'Master 0',
      "Masters' security group",
      masters === 1 ? 'Master 0 → internet' : 'Masters → internet',
      'Internet',
    ]);
    expect(trace.paths[0]!.hops[2]!.packet.source).toBe('203.0.113.10');
  });

  test('takes every suggestion that it makes', () => {
    const suggestions = suggestConnections(input);
    expect(suggestions.length).toBeGreaterThan(5);
    for (const { text } of suggestions) expect(follow(input, text).paths.length).toBeGreaterThan(0);
    expect(suggestions.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['internet → TCP 443', 'ssh -p 2200', 'internet → TCP 2375']),
    );
  });
});

describe('what reaches a piece', () => {
  const input = cluster({ masters: 3, agents: 2, withInstances: true });

  test('a master: its way in from the internet, and the network', () => {
    const { ways } = whatReaches(input, input.idOf('Master 2'));
    expect(ways.map(({ text, outcome }) => [text, outcome])).toEqual([
      ["Internet → Masters' public IP address, TCP 2202", 'arrives'],
      ['Master 0 → Master 2, every port', 'arrives'],
      ['Master 1 → Master 2, every port', 'arrives'],
      ['Agents → Master 2, every port', 'arrives'],
    ]);
    expect(ways[3]!.says).toBe('The agents reach master 2 at every TCP and UDP port.');
  });

  test('the agents: the published ports', () => {
    const { ways } = whatReaches(input, input.idOf('Agents'));
    expect(ways.slice(0, 3).map(({ text }) => text)).toEqual([
      "Internet → Agents' public IP address, TCP 80",
      "Internet → Agents' public IP address, TCP 443",
      "Internet → Agents' public IP address, TCP 8080",
    ]);
  });

  test('a load balancer and one of its rules', () => {
    expect(whatReaches(input, input.idOf("Agents' load balancer")).ways).toHaveLength(3);
    const rule = `${input.idOf("Agents' load balancer")}/loadbalancingrules/lbrulehttps`;
    expect(whatReaches(input, rule).ways.map(({ says }) => says)).toEqual([
      'TCP 443 at 203.0.113.11 reaches agent 0 (10.0.0.4) at port 443, one of 2 machines that share it.',
    ]);
  });

  test('what a master reaches: the internet and the machines around it', () => {
    const { ways } = whatItReaches(input, input.idOf('Master 0'));
    expect(ways.map(({ text }) => text)).toEqual([
      'Master 0 → Internet, every port',
      'Master 0 → Master 1, every port',
      'Master 0 → Master 2, every port',
      'Master 0 → Agents, every port',
    ]);
  });

  test('a disk takes no connections', () => {
    expect(whatReaches(input, input.idOf("Master 0's OS disk")).ways).toEqual([]);
  });
});

describe('a cluster whose machines are not all there', () => {
  test('agents whose machines are not listed stand for all of them', () => {
    const input = cluster({ masters: 1, agents: 4 });
    const trace = follow(input, 'http');
    expect(trace.paths).toHaveLength(1);
    expect(trace.summary).toBe(
      'TCP 80 at 203.0.113.11 reaches one of the 4 machines of the agents at port 80.',
    );
    expect(follow(input, 'agent 3 → master 0:2377').outcome).toBe('arrives');
  });

  test('an agent that is deallocated gets nothing, the others do', () => {
    const input = cluster({ masters: 1, agents: 3, withInstances: true });
    const resources = input.resources.map((resource) =>
      resource.id.toLowerCase() === input.idOf('Agent 1')
        ? {
            ...resource,
            properties: {
              ...resource.properties,
              instanceView: { statuses: [{ code: 'PowerState/deallocated' }] },
            },
          }
        : resource,
    );
    const trace = follow({ ...input, resources }, 'http');
    expect(trace.outcome).toBe('partly');
    expect(trace.paths.at(-1)).toMatchObject({
      outcome: 'blocked',
      at: input.idOf('Agent 1'),
      summary: 'Stopped at agent 1: it is deallocated, so nothing answers.',
    });
    expect(trace.summary).toMatch(/^2 of 3 ways arrive\./);
  });

  test('what a deployment only plans is followed without ids of parts and without addresses', () => {
    const planned = structuredClone(cluster({ masters: 3, agents: 2 }).resources).map((resource) => ({
      ...resource,
      properties: withoutAnswers(resource.properties) as Record<string, unknown>,
    }));
    const trace = follow({ resources: planned }, 'ssh -p 2201');
    expect(trace.outcome).toBe('arrives');
    expect(trace.paths[0]!.hops[2]).toMatchObject({
      says: 'TCP 2201 goes to port 22 of swarm-master-12345678-1.',
      packet: { destination: 'not known yet' },
    });
    expect(trace.paths[0]!.hops.at(-1)!.says).toContain('Its address is not known yet.');
    expect(follow({ resources: planned }, 'internet → TCP 443').outcome).toBe('arrives');
    expect(follow({ resources: planned }, 'swarm-master-12345678-0 → internet').summary).toBe(
      'TCP 443 from swarm-master-12345678-0 reaches the internet.',
    );
  });
});

/** Properties as a template states them: parts have names, no ids; addresses are not given out. */
function withoutAnswers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutAnswers(item));
  if (typeof value !== 'object' || value === null) return value;
  const isPart = 'id' in value && 'name' in value;
  const left = ['privateIPAddress', 'ipAddress', ...(isPart ? ['id'] : [])];
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (left.includes(key) ? [] : [[key, withoutAnswers(item)]])),
  );
}
