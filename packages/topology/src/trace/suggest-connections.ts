import type { TraceInput } from './connection.ts';
import { called, contextOf, heading, portText, targetName, type TraceContext } from './words.ts';
import { backendsOf } from './backends.ts';
import type { PlacedRule } from './network-index.ts';
import { dialled } from './published-rules.ts';

export interface SuggestedConnection {
  /** As `parseConnection` takes it. */
  text: string;
  /** What it shows. */
  why: string;
}

/** The most that are suggested of each sort. */
const most = 6;
/** Docker's port without encryption: whoever reaches it owns the machine. */
const dockerPort = 2375;

/**
 * The connections worth a look in these resources: what each load balancer publishes, one that must not get in, one from
 * machine to machine, one out.
 */
export function suggestConnections(input: TraceInput): SuggestedConnection[] {
  const context = contextOf(input);
  const rules = publishedRules(context);
  return [
    ...rules
      .filter(({ rule }) => rule.kind === 'balancing')
      .slice(0, most)
      .map((placed) => published(context, placed, rules)),
    ...rules
      .filter(({ rule }) => rule.kind !== 'balancing')
      .slice(0, most)
      .map((placed) => published(context, placed, rules)),
    ...blocked(context, rules),
    ...amongMachines(context),
  ];
}

function publishedRules({ index }: TraceContext): PlacedRule[] {
  return [...index.balancers.values()].flatMap((balancer) =>
    balancer.inbound
      .filter(({ frontendId, firstPort }) => {
        const frontend = index.frontends.get(frontendId ?? '')?.frontend;
        return (
          firstPort > 0 &&
          frontend?.publicIpId !== undefined &&
          index.publicAddresses.has(frontend.publicIpId)
        );
      })
      .map((rule) => ({ balancer, rule })),
  );
}

function published(
  context: TraceContext,
  placed: PlacedRule,
  all: readonly PlacedRule[],
): SuggestedConnection {
  const { rule, balancer } = placed;
  const backends = backendsOf(context.index, balancer, rule, rule.firstPort);
  const [first] = backends;
  const count = backends.reduce((sum, { attachment }) => sum + attachment.count, 0);
  const target =
    first === undefined
      ? 'nothing yet'
      : count === 1
        ? targetName(context, first.attachment)
        : called(context, first.attachment.scaleSetId ?? balancer.id);
  const isOnly =
    all.filter((other) => other.rule.firstPort === rule.firstPort && other.rule.protocol === rule.protocol)
      .length === 1;
  const publicIp = context.index.frontends.get(rule.frontendId ?? '')?.frontend.publicIpId ?? '';
  if (rule.kind === 'nat' && rule.backendPort === 22 && isOnly) {
    return { text: `ssh -p ${rule.firstPort}`, why: `How SSH reaches ${target}` };
  }
  const name = isOnly ? '' : `${heading(context, publicIp)}, `;
  return {
    text: `internet → ${name}${portText(dialled(rule).protocol, rule.firstPort)}`,
    why:
      count > 1 ? `How requests are spread over ${target}` : `How port ${rule.firstPort} reaches ${target}`,
  };
}

function blocked({ index }: TraceContext, rules: readonly PlacedRule[]): SuggestedConnection[] {
  if (index.publicAddresses.size === 0 || rules.some(({ rule }) => rule.firstPort === dockerPort)) return [];
  return [
    { text: `internet → TCP ${dockerPort}`, why: 'Docker’s own port: does anybody outside get there?' },
  ];
}

function amongMachines(context: TraceContext): SuggestedConnection[] {
  const { attachments } = context.index;
  const machine = (id: string | undefined): string => heading(context, id ?? '');
  const withMachine = attachments.filter(({ machineId }) => machineId !== undefined);
  const [first] = withMachine;
  const other =
    withMachine.find(({ subnet }) => subnet !== undefined && subnet.id !== first?.subnet?.id) ??
    withMachine.find(({ machineId }) => machineId !== first?.machineId);
  if (!first) return [];
  const out = {
    text: `${machine(first.machineId)} → internet, TCP 443`,
    why: 'How a machine reaches the internet',
  };
  if (!other) return [out];
  return [
    {
      text: `${machine(other.machineId)} → ${machine(first.machineId)}, TCP 2377`,
      why: 'Whether Swarm’s management port is open inside the network',
    },
    {
      text: `${machine(other.machineId)} → ${machine(first.machineId)}, TCP ${dockerPort}`,
      why: 'Whether Docker’s own port is open inside the network',
    },
    out,
  ];
}
