import type { ConnectFacts, ReachedAt } from './connect-facts.ts';

/** The two ways into a cluster: SSH on the masters' address, and the published ports on the agents'. */
export const entranceKinds = ['ssh', 'agents'] as const;
export type EntranceKind = (typeof entranceKinds)[number];

/** One port that a cluster offers, and where it is reached. */
export interface Entrance {
  kind: EntranceKind;
  /** The port at the cluster's own name; with the kind, what tells entrances apart. */
  port: number;
  at: ReachedAt;
  /** `at` as text: `HOST:PORT`. */
  address: string;
  /** What a browser opens; absent for SSH. */
  url?: string;
  /** In words, for example `swarm-master-0` or `port 80 of the agents`. */
  leadsTo: string;
}

/** The SSH entrances that are reached: where some have an address on this computer, those without one are not. */
export function sshEntrances(facts: ConnectFacts): (ConnectFacts['ssh'][number] & Entrance)[] {
  return reached(facts.ssh, facts.masterFqdn).map((entry) => ({
    ...entry,
    kind: 'ssh',
    address: addressText(entry.at),
    leadsTo: entry.machine,
  }));
}

/** The agents' TCP ports that are reached; see `sshEntrances`. */
export function agentEntrances(facts: ConnectFacts): (Entrance & { url: string })[] {
  return reached(tcpPorts(facts), facts.agentFqdn).map(({ port, at }) => ({
    kind: 'agents',
    port,
    at,
    address: addressText(at),
    url: agentUrl({ port, at }),
    leadsTo: `port ${port} of the agents`,
  }));
}

/** The agents' TCP ports that the cluster offers but no address of this computer leads to. */
export function unreachedAgentPorts(facts: ConnectFacts): number[] {
  const entrances = new Set(agentEntrances(facts).map(({ port }) => port));
  return tcpPorts(facts)
    .map(({ port }) => port)
    .filter((port) => !entrances.has(port));
}

const tcpPorts = (facts: ConnectFacts): ConnectFacts['agentPorts'] =>
  facts.agentPorts.filter(({ protocol }) => protocol.toLowerCase() !== 'udp');

/** The address of a port of the agents, as a browser takes it. Port 443 speaks HTTPS, whichever port leads to it. */
export function agentUrl({ port, at }: Pick<ConnectFacts['agentPorts'][number], 'port' | 'at'>): string {
  const [scheme, usual] = port === 443 ? ['https', 443] : ['http', 80];
  return `${scheme}://${inBrackets(at.host)}${at.port === usual ? '' : `:${at.port}`}/`;
}

/** Whether an entrance is reached at an address of this computer, which stands for a cluster's name `fqdn`. */
export const isOnThisComputer = ({ at }: { at: ReachedAt }, fqdn: string): boolean => at.host !== fqdn;

function reached<Entry extends { at: ReachedAt }>(entries: readonly Entry[], fqdn: string): readonly Entry[] {
  const local = entries.filter((entry) => isOnThisComputer(entry, fqdn));
  return local.length > 0 ? local : entries;
}

const addressText = ({ host, port }: ReachedAt): string => `${inBrackets(host)}:${port}`;

const inBrackets = (host: string): string => (host.includes(':') ? `[${host}]` : host);
