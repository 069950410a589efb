import { listAt, numberAt, textAt, type TopologyResource } from './arm-resource.ts';
import { peopleNameOf, type Surroundings } from './surroundings.ts';
import { arrivalText, portText, protocolText, ruleText, type TrafficRule } from './traffic.ts';

type MaybeFact = [label: string, value: string | undefined];

/**
 * What a rule does, in one line: `TCP 2201 → master 1:22`, `TCP 80 → agents:80`, `TCP 3389 → web-1:3389`,
 * `Agents → internet`.
 */
export function ruleTitle(rule: TrafficRule, surroundings: Surroundings): string {
  const who = peopleNameOf(rule.targets, surroundings);
  if (rule.kind === 'outbound') {
    const protocol = protocolText(rule.protocol);
    const start = who === undefined ? 'Machines' : `${who.charAt(0).toUpperCase()}${who.slice(1)}`;
    return `${start} → internet${protocol === 'All' ? '' : `, ${protocol}`}`;
  }
  if (who === undefined) return ruleText(rule);
  return `${arrivalText(rule)} → ${rule.backendPort === 0 ? who : `${who}:${rule.backendPort}`}`;
}

/** What a rule is, for lists: `NAT rule`, `Balancing rule`, `Outbound rule`. */
const ruleNouns = { nat: 'NAT rule', balanced: 'Balancing rule', outbound: 'Outbound rule' } as const;

/** The key properties of a rule, in the order in which they are shown. */
export function ruleFacts(
  rule: TrafficRule,
  { properties }: TopologyResource,
  surroundings: Surroundings,
): MaybeFact[] {
  const who = peopleNameOf(rule.targets, surroundings);
  const isInbound = rule.kind !== 'outbound';
  return [
    ['Rule', ruleNouns[rule.kind]],
    [
      isInbound ? 'Entrance' : 'Leaves as',
      joined(rule.frontends.map((frontend) => frontendText(frontend, surroundings))),
    ],
    ['Protocol', protocolText(rule.protocol)],
    ['Port', isInbound ? portText(rule.frontendPort) : undefined],
    [isInbound ? 'Goes to' : 'Comes from', who],
    ['Port there', isInbound ? portText({ from: rule.backendPort, to: rule.backendPort }) : undefined],
    ['Probe', rule.probe === undefined ? undefined : probeText(rule.probe)],
    ['Session persistence', persistenceText(textAt(properties, 'loadDistribution'))],
    ['Ports a machine', isInbound ? undefined : portsEach(properties)],
    ['Idle timeout', minutesText(numberAt(properties, 'idleTimeoutInMinutes'))],
    ['Floating IP', yesNo(textAt(properties, 'enableFloatingIP'))],
    ['Resets idle connections', yesNo(textAt(properties, 'enableTcpReset'))],
    ['Also the way out', isInbound ? negated(yesNo(textAt(properties, 'disableOutboundSnat'))) : undefined],
  ];
}

/** What a load balancer has: its entrances, rules and probes. */
export function loadBalancerFacts(
  id: string,
  resource: TopologyResource,
  surroundings: Surroundings,
): MaybeFact[] {
  const frontends = listAt(resource.properties, 'frontendIPConfigurations').map((frontend): MaybeFact => [
    `Entrance ${textAt(frontend, 'name') ?? ''}`.trim(),
    frontendText(frontend, surroundings),
  ]);
  const rules = (surroundings.rules.ofLoadBalancer.get(id) ?? []).map((rule): MaybeFact => [
    `${ruleNouns[rule.kind]} ${rule.name}`,
    ruleTitle(rule, surroundings),
  ]);
  const probes = listAt(resource.properties, 'probes').map((probe): MaybeFact => [
    `Probe ${textAt(probe, 'name') ?? ''}`.trim(),
    probeText(probe),
  ]);
  return [...frontends, ...rules, ...probes];
}

/** The address at which a frontend is reached, or the name of what has it while there is no address yet. */
function frontendText(frontend: unknown, { pieces, kinds }: Surroundings): string | undefined {
  const publicIp = textAt(frontend, 'properties.publicIPAddress.id');
  if (publicIp === undefined) return textAt(frontend, 'properties.privateIPAddress');
  const found = pieces.resolve(publicIp);
  const resource = found === undefined ? undefined : pieces.all.get(found);
  const address =
    kinds.get(found ?? '') === 'publicIp' ? textAt(resource?.properties, 'ipAddress') : undefined;
  return address ?? resource?.name ?? publicIp.split('/').at(-1);
}

/** For example `TCP 80 every 5 s; out after 2 failures` or `HTTP 80/health every 15 s; out after 2 failures`. */
function probeText(probe: unknown): string {
  const protocol = protocolText(textAt(probe, 'properties.protocol') ?? '');
  const port = textAt(probe, 'properties.port') ?? '';
  const path = textAt(probe, 'properties.requestPath') ?? '';
  const seconds = textAt(probe, 'properties.intervalInSeconds') ?? '?';
  // `probeThreshold` is what works; `numberOfProbes` is what older descriptions state and Azure keeps beside it.
  const failures =
    textAt(probe, 'properties.probeThreshold') ?? textAt(probe, 'properties.numberOfProbes') ?? '?';
  const times = failures === '1' ? '1 failure' : `${failures} failures`;
  return `${protocol} ${port}${path} every ${seconds} s; out after ${times}`;
}

function persistenceText(distribution: string | undefined): string | undefined {
  switch (distribution?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'default':
      return 'None: any machine takes any connection';
    case 'sourceip':
      return 'By client address';
    case 'sourceipprotocol':
      return 'By client address and protocol';
    default:
      return distribution;
  }
}

function portsEach(properties: unknown): string | undefined {
  const ports = numberAt(properties, 'allocatedOutboundPorts');
  return ports === undefined ? undefined : ports === 0 ? 'As Azure decides' : String(ports);
}

const minutesText = (minutes: number | undefined): string | undefined =>
  minutes === undefined ? undefined : `${minutes} min`;

function joined(values: readonly (string | undefined)[]): string | undefined {
  const texts = values.filter((value) => value !== undefined);
  return texts.length === 0 ? undefined : texts.join(', ');
}

function yesNo(value: string | undefined): string | undefined {
  if (value === 'true') return 'Yes';
  return value === 'false' ? 'No' : undefined;
}

function negated(answer: string | undefined): string | undefined {
  if (answer === undefined) return undefined;
  return answer === 'Yes' ? 'No' : 'Yes';
}
