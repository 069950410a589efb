import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTopology, parseConnection, type Connection } from '../index.ts';
import { swarmResources } from '../swarm-resources.test-support.ts';

const resources = swarmResources({ masters: 3, agents: 4, withInstances: true });
const { nodes } = buildTopology({ serviceName: 'demo', resources });
const titles = new Map(nodes.map(({ id, title }) => [id, title]));
const input = { resources, titleOf: (id: string): string | undefined => titles.get(id) };

const end = ({ kind, piece, address }: Connection['from']): string =>
  kind === 'internet' ? 'internet' : (address ?? titles.get(piece!) ?? piece!);

/** A connection as one line: titles of its ends, protocol and port. */
function lineOf({ from, to, protocol, port }: Connection): string {
  return `${end(from)} > ${end(to)} ${protocol} ${port}`;
}
const read = (text: string): string => {
  const found = parseConnection(input, text);
  return 'connection' in found ? lineOf(found.connection) : found.problem;
};

const agentsAddress = "Agents' public IP address";
const mastersAddress = "Masters' public IP address";

describe('parseConnection', () => {
  test.each([
    ['internet → TCP 443', `internet > ${agentsAddress} Tcp 443`],
    ['internet TCP 443', `internet > ${agentsAddress} Tcp 443`],
    ['internet -> tcp 443', `internet > ${agentsAddress} Tcp 443`],
    ['Internet → Agents’ public IP address, TCP 443', `internet > ${agentsAddress} Tcp 443`],
    ['443', `internet > ${agentsAddress} Tcp 443`],
    ['https', `internet > ${agentsAddress} Tcp 443`],
    ['443/tcp', `internet > ${agentsAddress} Tcp 443`],
    ['tcp/8080', `internet > ${agentsAddress} Tcp 8080`],
    ['port 80', `internet > ${agentsAddress} Tcp 80`],
    [':8080', `internet > ${agentsAddress} Tcp 8080`],
    ['udp 4789', 'internet > Container service Udp 4789'],
    ['4789', 'internet > Container service Udp 4789'],
    ['internet → TCP 2375', 'internet > Container service Tcp 2375'],
    ['ping', 'internet > Container service Icmp 0'],
  ])('ports: %s', (text, line) => {
    expect(read(text)).toBe(line);
  });

  test.each([
    ['ssh -p 2201', `internet > ${mastersAddress} Tcp 2201`],
    ['ssh', `internet > ${mastersAddress} Tcp 22`],
    [
      '$ ssh -p 2201 azureuser@demomgmt.westeurope.slipway.localhost',
      `internet > ${mastersAddress} Tcp 2201`,
    ],
    ['ssh -p2201 azureuser@NAMEmgmt.region…', `internet > ${mastersAddress} Tcp 2201`],
    ['ssh azureuser@demomgmt.westeurope.slipway.localhost -p 2202', `internet > ${mastersAddress} Tcp 2202`],
    [
      'ssh -fNL 2375:localhost:2375 -p 2200 azureuser@demomgmt.westeurope.slipway.localhost',
      `internet > ${mastersAddress} Tcp 2200`,
    ],
    ['ssh -fNL 2375:localhost:2375 -p 2200', `internet > ${mastersAddress} Tcp 2200`],
    ['ssh -i ~/.ssh/id_ed25519 -o Port=2201 demomgmt', `internet > ${mastersAddress} Tcp 2201`],
    [
      'scp -P 2201 file azureuser@demomgmt.westeurope.slipway.localhost:/tmp',
      `internet > ${mastersAddress} Tcp 2201`,
    ],
    [
      'docker -H ssh://azureuser@demomgmt.westeurope.slipway.localhost:2200 info',
      `internet > ${mastersAddress} Tcp 2200`,
    ],
    ['curl http://demoagents.westeurope.slipway.localhost:8080/', `internet > ${agentsAddress} Tcp 8080`],
    [
      'curl -s -H "Host: x" https://demoagents.westeurope.slipway.localhost/a?b=1',
      `internet > ${agentsAddress} Tcp 443`,
    ],
    ['curl 203.0.113.11', `internet > ${agentsAddress} Tcp 80`],
    ['https://demoagents.westeurope.slipway.localhost', `internet > ${agentsAddress} Tcp 443`],
    ['ping demoagents.westeurope.slipway.localhost', `internet > ${agentsAddress} Icmp 0`],
    ['nc -vz 203.0.113.10 2200', `internet > ${mastersAddress} Tcp 2200`],
    ['agent 1 → https://demoagents.westeurope.slipway.localhost', `Agent 1 > ${agentsAddress} Tcp 443`],
  ])('commands and addresses: %s', (text, line) => {
    expect(read(text)).toBe(line);
  });

  test.each([
    ['agent 3 → master 0:2377', 'Agent 3 > Master 0 Tcp 2377'],
    ['Agent 3 → Master 0, TCP 2377', 'Agent 3 > Master 0 Tcp 2377'],
    ['from agent 3 to master 0 port 2377', 'Agent 3 > Master 0 Tcp 2377'],
    ['agent 3 → master 0 2377', 'Agent 3 > Master 0 Tcp 2377'],
    ['master 0 to internet tcp 443', 'Master 0 > internet Tcp 443'],
    ['master 0 → the internet', 'Master 0 > internet Tcp 443'],
    ['10.0.0.5 -> 10.0.0.6:2377/udp', '10.0.0.5 > 10.0.0.6 Udp 2377'],
    ['swarm-master-12345678-1 → agents, udp 7946', 'Master 1 > Agents Udp 7946'],
    ['internet → master 2', 'internet > Master 2 Tcp 2202'],
    ['internet → master 2 ssh', 'internet > Master 2 Tcp 22'],
    ["internet → the agents' load balancer:443", "internet > Agents' load balancer Tcp 443"],
    ['agent 0 → masters swarm', "Agent 0 > Masters' availability set Tcp 2377"],
    ['203.0.113.11:443', `internet > ${agentsAddress} Tcp 443`],
    ['→ 443', `internet > ${agentsAddress} Tcp 443`],
    ['198.51.100.7 → master 0, TCP 22', '198.51.100.7 > Master 0 Tcp 22'],
  ])('pieces: %s', (text, line) => {
    expect(read(text)).toBe(line);
  });

  test.each([
    ['', 'Say what should connect to what, for example “internet → TCP 443”.'],
    ['the moon → master 0:22', 'Nothing here is called “the moon”.'],
    ['internet → the moon, TCP 1', 'Nothing here is called “the moon”.'],
    ['internet → tcp 70000', '70000 is no port: ports go from 1 to 65535.'],
    ['agent 0 → master 0', 'Which port? For example “master 0, TCP 443”.'],
    [
      'curl http://localhost:2375/',
      'localhost is your own computer: follow the tunnel’s SSH connection instead.',
    ],
    ['ssh -p 22 other.example.com', 'None of the public addresses here is called “other.example.com”.'],
    ['x'.repeat(501), 'That is longer than 500 characters.'],
  ])('says what it does not understand: %s', (text, problem) => {
    expect(parseConnection(input, text)).toMatchObject({ problem });
    const { suggestions } = parseConnection(input, text) as { suggestions: string[] };
    expect(suggestions.length).toBeGreaterThan(2);
    for (const suggestion of suggestions)
      expect(parseConnection(input, suggestion)).toHaveProperty('connection');
  });

  test('takes any text', () => {
    const words = fc.constantFrom(
      'ssh',
      '-p',
      '→',
      'to',
      'tcp',
      ':',
      '443',
      'master',
      '0',
      '/',
      '://',
      '-L',
      '<',
      '@',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 600 }),
      fc.array(words, { maxLength: 20 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const found = parseConnection(input, text);
        if ('connection' in found) {
          expect(found.connection.port).toBeGreaterThanOrEqual(0);
          expect(found.connection.port).toBeLessThanOrEqual(65_535);
        } else expect(found.problem).not.toBe('');
      }),
    );
  });
});
