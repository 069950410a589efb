import type { TopologyNode } from '../graph.ts';
import { nameMeaning } from './name-meaning.ts';
import { countOf, factOf, quoted, sentence, sentences, someInWords, type Tour } from './tour.ts';
import type { WalkStep } from './walk-step.ts';

/** The steps through what guards and what connects: security groups, the network, its subnets, the interfaces. */
export function networkSteps(tour: Tour): WalkStep[] {
  return [
    ...tour.of('networkSecurityGroup').map((node) => guardStep(node, tour)),
    ...tour.of('virtualNetwork').map((node) => networkStep(node, tour)),
    ...subnetSteps(tour),
    ...interfaceSteps(tour),
  ];
}

function withName(step: WalkStep, node: TopologyNode, tour: Tour): WalkStep {
  const name = nameMeaning(node, tour);
  return name === undefined ? step : { ...step, name };
}

function guardStep(node: TopologyNode, tour: Tour): WalkStep {
  const rules = tour.of('securityRule').filter(({ parent }) => parent === node.id);
  const said = rules
    .filter((rule) => !/outbound/i.test(factOf(rule, 'Direction') ?? ''))
    .map((rule) => rule.title.charAt(0).toLowerCase() + rule.title.slice(1));
  const where =
    node.role === 'master'
      ? 'the masters’ subnet'
      : node.role === 'agent'
        ? 'the agents’ subnet'
        : 'what it guards';
  return withName(
    {
      pieces: [node.id, ...rules.map(({ id }) => id)],
      title: node.title,
      what: sentences(
        `A network security group is a doorkeeper with a list. This one stands in front of ${where}.`,
        said.length > 0 &&
          `Its list for what comes in has ${countOf(said.length, 'entry', 'entries')}: it ${said.slice(0, 8).join('; ')}${said.length > 8 ? `; and ${said.length - 8} more` : ''}.`,
        'The entries are read in the order of their priority, and the first that fits decides. What comes from the internet and is on no entry is turned away.',
      ),
      why: sentences(
        'The load balancer only says where a connection goes. The security group says whether it may.',
        node.role === 'master' &&
          'Masters hold the state of the cluster, so only SSH and the talk between the cluster’s own machines belong there.',
        node.role === 'agent' &&
          'Agents are there for visitors, so the ports of the load balancer’s rules are open, and no others.',
      ),
      without: withoutGuard(tour),
    },
    node,
    tour,
  );
}

/** Addresses of the SKU Standard are closed until a security group opens them; the older ones are open to everything. */
function withoutGuard(tour: Tour): string {
  const isStandard = tour.of('publicIp').some((node) => factOf(node, 'SKU') === 'Standard');
  return isStandard
    ? 'Without it Azure would let nothing in from the internet: a public address of the kind Standard is closed until a security group opens it. Every rule of the load balancer would be in vain.'
    : 'Without it nobody would check what comes in.';
}

function networkStep(node: TopologyNode, tour: Tour): WalkStep {
  const space = factOf(node, 'Address space');
  const subnets = tour.of('subnet').filter(({ parent }) => parent === node.id);
  return withName(
    {
      pieces: [node.id],
      title: node.title,
      what: sentences(
        'A private network of its own. The machines in it talk to each other by private addresses, which mean nothing outside.',
        space !== undefined &&
          `Its addresses are from ${space.replace(/, (?=[^,]*$)/, ' and ')}. The number after the slash says how many of the address’s 32 bits are fixed: the smaller it is, the more addresses there are.`,
        subnets.length > 0 && `It is divided into ${countOf(subnets.length, 'subnet', 'subnets')}.`,
      ),
      why: 'The machines must talk among themselves all the time, and nobody else should be able to listen or join in.',
      without:
        'Without it the machines would have no addresses and no way to find each other. There would be single machines, and nothing that they form together.',
    },
    node,
    tour,
  );
}

function subnetSteps(tour: Tour): WalkStep[] {
  const subnets = tour.of('subnet');
  const [first] = subnets;
  if (!first) return [];
  const alike = 'What belongs together lies together, and each part can have its own doorkeeper.';
  const hasRoles =
    subnets.some(({ role }) => role === 'master') && subnets.some(({ role }) => role === 'agent');
  if (subnets.length > 4) {
    return [
      {
        pieces: subnets.map(({ id }) => id),
        title: `The ${subnets.length} subnets`,
        what: `Parts of the private network, each with a range of addresses of its own: ${someInWords(
          subnets.map(({ name }) => quoted(name)),
          5,
        )}.`,
        why: alike,
        without: 'Without subnets nothing could be placed in the network.',
      },
    ];
  }
  const ranges = subnets.map((node) => {
    const range = factOf(node, 'Address range') ?? 'a range of its own';
    const who = node.role === undefined ? quoted(node.name) : `the ${node.role}s`;
    return node.role === undefined ? `${who} has ${range}` : `${who} have ${range}`;
  });
  const step: WalkStep = {
    pieces: subnets.map(({ id }) => id),
    title: subnets.length === 1 ? first.title : `The ${countOf(subnets.length, 'subnet', 'subnets')}`,
    what: sentences(
      'A subnet is a part of the network with a range of addresses of its own.',
      sentence(`${someInWords(ranges)}.`),
    ),
    why: hasRoles
      ? 'Masters and agents do different work and are reached in different ways. In subnets of their own, each gets its own doorkeeper, and there is room for many more agents.'
      : alike,
    without: hasRoles
      ? 'Without subnets of their own, one security group would have to do for all machines, and whatever is open for visitors would be open on the masters as well.'
      : 'Without subnets nothing could be placed in the network.',
  };
  const names = subnets.map((node) => nameMeaning(node, tour)).filter((name) => name !== undefined);
  return [names.length === 0 ? step : { ...step, name: names.join(' ') }];
}

function interfaceSteps(tour: Tour): WalkStep[] {
  const own = tour
    .of('networkInterface')
    .filter(({ parent }) => tour.byId.get(parent ?? '')?.kind !== 'scaleSetInstance');
  const [first] = own;
  if (!first) return [];
  const addresses = own.flatMap((node) => factOf(node, 'Private address') ?? []);
  const isFixed = own.every((node) => /^static/i.test(factOf(node, 'Assignment') ?? ''));
  const isOfMasters = own.every(({ role }) => role === 'master');
  return [
    withName(
      {
        pieces: own.map(({ id }) => id),
        title:
          own.length === 1
            ? first.title
            : `The ${countOf(own.length, 'network interface', 'network interfaces')}${isOfMasters ? ' of the masters' : ''}`,
        what: sentences(
          'A network interface is the plug by which one machine hangs on the network. It holds the machine’s private address.',
          addresses.length > 0 &&
            `Here ${addresses.length === 1 ? 'that is' : 'those are'} ${someInWords(addresses, 6)}.`,
        ),
        why: sentences(
          'In Azure the plug is a piece of its own, so that an address can outlive the machine that uses it. The load balancer’s rules end here.',
          isFixed &&
            isOfMasters &&
            'The addresses are fixed, because the other machines look for the masters there.',
        ),
        without: 'Without its interface a machine would run, but reach nobody and be reached by nobody.',
      },
      own[own.length - 1] ?? first,
      tour,
    ),
  ];
}
