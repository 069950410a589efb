import { z } from 'zod';

/** A port that the agents' load balancer offers: rule `LBRule<name>`, probe `tcp<name>Probe`. */
export interface AgentPort {
  name: string;
  port: number;
}

export const MIN_AGENT_PORTS = 1;
export const MAX_AGENT_PORTS = 100;

/** Ports at which no service can be published, and why: a published port is open on every machine, masters included. */
export const reservedPorts: readonly { port: number; reason: string }[] = [
  { port: 22, reason: 'SSH listens there on every machine' },
  { port: 2222, reason: 'the SSH entrance of the first master ends there' },
  { port: 2375, reason: 'Docker listens there on the masters for the tunnel' },
  { port: 2377, reason: 'Swarm keeps it for the management of the cluster' },
  { port: 2378, reason: 'new machines get their join token there' },
  { port: 7946, reason: 'Swarm keeps it for its machines to find each other' },
  { port: 65_535, reason: 'Azure’s load balancers take no higher port than 65534' },
];

/** Says what is wrong with the name of a port, or nothing. */
export function checkAgentPortName(value: string): string | undefined {
  if (value === '') return 'Enter a name for the port.';
  if (!/^[A-Za-z0-9]+$/.test(value)) return 'Use only letters and digits in the name.';
  if (value.length > 60) return `A port’s name has at most 60 characters; this one has ${value.length}.`;
  return undefined;
}

/** Says what is wrong with the number of a port, or nothing. */
export function checkAgentPortNumber(value: number): string | undefined {
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    return 'Enter the port as a whole number from 1 to 65535.';
  const reserved = reservedPorts.find(({ port }) => port === value);
  return reserved && `The port ${value} cannot be offered: ${reserved.reason}. Choose another one.`;
}

/** Something that is wrong with a list of ports; without `index`, with the list as a whole. */
export interface AgentPortProblem {
  index?: number;
  field?: 'name' | 'port';
  message: string;
}

/** Says all that is wrong with a list of ports: each name and each port once, as ARM wants it, and not too many. */
export function checkAgentPorts(ports: readonly AgentPort[]): AgentPortProblem[] {
  const problems: AgentPortProblem[] = [];
  if (ports.length < MIN_AGENT_PORTS) problems.push({ message: 'Keep at least one port.' });
  if (ports.length > MAX_AGENT_PORTS) problems.push({ message: `At most ${MAX_AGENT_PORTS} ports fit.` });
  const names = new Set<string>();
  const numbers = new Set<number>();
  for (const [index, { name, port }] of ports.entries()) {
    const wrongName =
      checkAgentPortName(name) ??
      (names.has(name.toLowerCase()) ? `The name ${name} is used twice.` : undefined);
    const wrongNumber =
      checkAgentPortNumber(port) ?? (numbers.has(port) ? `The port ${port} is there twice.` : undefined);
    if (wrongName !== undefined) problems.push({ index, field: 'name', message: wrongName });
    if (wrongNumber !== undefined) problems.push({ index, field: 'port', message: wrongNumber });
    names.add(name.toLowerCase());
    numbers.add(port);
  }
  return problems;
}

/** The form of a port, as the stack's parameters hold it; see `agentPortsSchema` for what may be asked for. */
export const agentPortSchema = z.object({
  name: z.string().max(1_000),
  port: z.number({ error: 'Enter the port as a whole number from 1 to 65535.' }),
});

/** The ports of the agents' load balancer as a person may ask for them. */
export const agentPortsSchema = z.array(agentPortSchema).superRefine((ports, context) => {
  // A hostile list is not looked at to its end.
  for (const { index, field, message } of checkAgentPorts(ports.slice(0, MAX_AGENT_PORTS + 1)))
    context.addIssue({
      code: 'custom',
      path: index === undefined || field === undefined ? [] : [index, field],
      message,
    });
});
