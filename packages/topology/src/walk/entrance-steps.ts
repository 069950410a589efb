import type { TopologyNode } from '../graph.ts';
import { commonNameMeaning, nameMeaning } from './name-meaning.ts';
import { countOf, factOf, sentence, sentences, someInWords, type Tour } from './tour.ts';
import type { WalkStep } from './walk-step.ts';

/** The steps from outside to what lets traffic in: the whole, the internet, addresses, load balancers and their rules. */
export function entranceSteps(tour: Tour): WalkStep[] {
  return [
    ...tour.of('containerService').map((node) => wholeStep(node, tour)),
    ...tour.of('internet').map((node) => internetStep(node, tour)),
    ...tour.of('publicIp').map((node) => addressStep(node, tour)),
    ...tour.of('loadBalancer').flatMap((node) => [balancerStep(node, tour), ...ruleSteps(node, tour)]),
    ...outboundSteps(tour),
  ];
}

const withName = (step: WalkStep, node: TopologyNode | undefined, tour: Tour): WalkStep => {
  const name = node === undefined ? undefined : nameMeaning(node, tour);
  return name === undefined ? step : { ...step, name };
};

function wholeStep(node: TopologyNode, tour: Tour): WalkStep {
  const { masters, agentCount } = tour;
  const isCluster = masters.length > 0 && tour.agents !== undefined;
  const agents = agentCount === undefined ? 'agents' : countOf(agentCount, 'agent', 'agents');
  const resources = factOf(node, 'Resources');
  const names = commonNameMeaning(tour);
  return {
    ...(names === undefined ? {} : { name: names }),
    pieces: [node.id],
    title: 'The whole of it',
    what: sentences(
      'The outermost frame is everything that was made together.',
      isCluster &&
        `It is a cluster of ${countOf(masters.length, 'master', 'masters')} and ${agents}: machines that run containers together. Masters decide what runs where. Agents do the work.`,
      resources !== undefined &&
        `It has ${resources} resources, which is what Azure calls the parts that things are made of. Each of them helps the machines to run, to be reached, to be safe or to be repaired.`,
    ),
    why: 'It was made as one thing, and it is deleted as one thing. We walk through it the way a visitor from the internet would: from outside in.',
    without:
      'Without the frame this would be a pile of parts, and nobody would know which of them belong together.',
  };
}

function internetStep(node: TopologyNode, tour: Tour): WalkStep {
  const addresses = tour.of('publicIp');
  return {
    pieces: [node.id],
    title: 'The internet',
    what: 'Everyone and everything outside: you with your terminal, the visitors of what you publish, and strangers who only try doors.',
    why: sentences(
      addresses.length === 0
        ? 'There is no public address here, so nobody can come in from there.'
        : `There ${addresses.length === 1 ? 'is one way' : `are ${countOf(addresses.length, 'way', 'ways')}`} in, and ${addresses.length === 1 ? 'it begins' : 'each begins'} at a public address. Nothing else can be reached from outside.`,
    ),
    without:
      'Without the internet there would be no one to reach the cluster, and the machines could not fetch container images either.',
  };
}

function addressStep(node: TopologyNode, tour: Tour): WalkStep {
  const dns = factOf(node, 'DNS name');
  const address = factOf(node, 'IP address');
  const isKept = factOf(node, 'Assignment')?.toLowerCase() === 'static';
  const what = sentences(
    'An address that can be reached from the whole internet.',
    address !== undefined && `It is ${address}.`,
    dns !== undefined &&
      `Its DNS name is ${dns}: a name that people can remember, and that leads to the address.`,
    isKept && 'The address is static: it never changes.',
  );
  const step = { pieces: [node.id], title: node.title, what };
  if (node.role === 'master') {
    return withName(
      {
        ...step,
        why: 'You manage the cluster here. It is kept apart from the agents’ address, so that managing and visiting never get in each other’s way.',
        without:
          'Without it you could not sign in to the masters, and so could not tell the cluster what to run. What runs already would go on.',
      },
      node,
      tour,
    );
  }
  if (node.role === 'agent') {
    return withName(
      {
        ...step,
        why: 'Visitors come in here. Whatever your containers publish is found at this address.',
        without: 'Without it nobody outside could see what your containers offer.',
      },
      node,
      tour,
    );
  }
  return withName(
    {
      ...step,
      why: node.purpose,
      without: 'Without it what lies behind could not be reached from the internet.',
    },
    node,
    tour,
  );
}

function balancerStep(node: TopologyNode, tour: Tour): WalkStep {
  const rules = rulesOf(node, tour);
  const counted = rules.length === 0 ? undefined : countOf(rules.length, 'rule', 'rules');
  const step = {
    pieces: [node.id],
    title: node.title,
    what: sentences(
      'A load balancer takes the connections that arrive at an address and passes each on to a machine behind it.',
      counted !== undefined && `This one has ${counted}. It does nothing that no rule says.`,
    ),
  };
  if (node.role === 'master') {
    return withName(
      {
        ...step,
        why: 'All masters share one public address. The load balancer tells them apart by the port that you connect to: each master has a port of its own.',
        without: 'Without it the address would lead nowhere: the masters have only private addresses.',
      },
      node,
      tour,
    );
  }
  if (node.role === 'agent') {
    return withName(
      {
        ...step,
        why: 'Visitors need not know how many agents there are. The load balancer spreads them over all agents that answer, and leaves out one that does not.',
        without: 'Without it visitors would depend on one single machine, or reach none at all.',
      },
      node,
      tour,
    );
  }
  return withName(
    {
      ...step,
      why: node.purpose,
      without: 'Without it the machines behind it would not get these connections.',
    },
    node,
    tour,
  );
}

type RuleKind = 'inboundnatrules' | 'inboundnatpools' | 'loadbalancingrules' | 'outboundrules';

const isRule = (node: TopologyNode, ...kinds: readonly RuleKind[]): boolean =>
  kinds.some((kind) => node.type?.toLowerCase().endsWith(`/${kind}`));

const rulesOf = (balancer: TopologyNode, tour: Tour): TopologyNode[] =>
  tour.of('loadBalancerRule').filter(({ parent }) => parent === balancer.id);

function ruleSteps(balancer: TopologyNode, tour: Tour): WalkStep[] {
  const rules = rulesOf(balancer, tour);
  const nat = rules.filter((rule) => isRule(rule, 'inboundnatrules', 'inboundnatpools'));
  const balancing = rules.filter((rule) => isRule(rule, 'loadbalancingrules'));
  return [
    ...(nat.length > 0 ? [natStep(nat, balancer, tour)] : []),
    ...(balancing.length > 0 ? [balancingStep(balancing, balancer, tour)] : []),
  ];
}

function natStep(rules: readonly TopologyNode[], balancer: TopologyNode, tour: Tour): WalkStep {
  const ways = rules.map((rule) => {
    const port = factOf(rule, 'Port') ?? '';
    const target = factOf(rule, 'Goes to') ?? 'a machine';
    return `port ${port} leads to ${target} (there, port ${factOf(rule, 'Port there') ?? port})`;
  });
  const example = rules.find((rule) => factOf(rule, 'Port there') === '22');
  const dns = tour.of('publicIp').find(({ role }) => role === balancer.role && role !== undefined);
  const usual = rules.find((rule) => factOf(rule, 'Port') === '22' && factOf(rule, 'Port there') !== '22');
  return withName(
    {
      pieces: rules.map(({ id }) => id),
      title:
        rules.length === 1 ? 'The rule that leads to one machine' : 'The rules that lead to one machine each',
      what: sentences(
        'NAT stands for network address translation: a connection arrives at one address and port, and goes on to another.',
        `Here, ${ways.slice(0, 8).join('; ')}${ways.length > 8 ? `; and ${ways.length - 8} more` : ''}.`,
      ),
      why: sentences(
        balancer.role === 'master'
          ? 'You sometimes need one particular master, and SSH is how you sign in to it. So every master has its own port at the shared address.'
          : 'Some connections are for one particular machine. So it has a port of its own at the shared address.',
        example !== undefined &&
          balancer.role === 'master' &&
          `To reach ${factOf(example, 'Goes to') ?? 'it'}, you type: ssh -p ${factOf(example, 'Port') ?? ''} ${factOf(tour.masters[0], 'User') ?? 'user'}@${factOf(dns, 'DNS name') ?? factOf(dns, 'IP address') ?? 'address'}.`,
        usual !== undefined &&
          `Port 22 is where SSH knocks when no port is given. It leads to ${factOf(usual, 'Goes to') ?? 'a machine'} too, by port ${factOf(usual, 'Port there') ?? ''}.`,
      ),
      without:
        'Without these rules the load balancer would turn every such connection away, and there would be no way to sign in from outside.',
    },
    example ?? rules[0],
    tour,
  );
}

function balancingStep(rules: readonly TopologyNode[], balancer: TopologyNode, tour: Tour): WalkStep {
  const ports = [...new Set(rules.map((rule) => factOf(rule, 'Port') ?? ''))];
  const probe = rules.map((rule) => factOf(rule, 'Probe')).find((text) => text !== undefined);
  const who = factOf(rules[0], 'Goes to') ?? 'the machines behind it';
  return withName(
    {
      pieces: rules.map(({ id }) => id),
      title: rules.length === 1 ? 'The rule that spreads visitors' : 'The rules that spread visitors',
      what: sentences(
        `Each of these rules opens one port and spreads what arrives there over ${who === 'agents' ? 'all agents' : who}. Open ${ports.length === 1 ? 'is port' : 'are the ports'} ${someInWords(ports, 8)}.`,
        usualPorts(ports),
        probe !== undefined &&
          `A probe belongs to each rule: a regular knock at every machine (${probe}). A machine that does not answer gets no visitors until it does.`,
      ),
      why:
        balancer.role === 'agent'
          ? 'A container that publishes one of these ports can be visited from the internet, on whichever agent it runs. To open another port, add a rule here and one to the security group.'
          : 'What offers one of these ports can be visited from the internet, on whichever machine it runs.',
      without:
        'Without a rule for its port, a visitor’s connection ends at the load balancer, even if a container waits for it.',
    },
    rules[0],
    tour,
  );
}

function usualPorts(ports: readonly string[]): string {
  const known = [
    ['80', 'web pages without encryption (HTTP)'],
    ['443', 'encrypted ones (HTTPS)'],
    ['8080', 'whatever else you like to show'],
  ].filter(([port]) => ports.includes(port ?? ''));
  if (known.length === 0) return '';
  return sentence(`${someInWords(known.map(([port, use]) => `${port} is for ${use}`))}.`);
}

function outboundSteps(tour: Tour): WalkStep[] {
  const rules = tour.of('loadBalancerRule').filter((rule) => isRule(rule, 'outboundrules'));
  const [first] = rules;
  if (!first) return [];
  const each = [...new Set(rules.map((rule) => factOf(rule, 'Ports a machine')))].filter(
    (text) => text !== undefined,
  );
  return [
    {
      pieces: rules.map(({ id }) => id),
      title: rules.length === 1 ? 'The way out' : 'The ways out',
      what: sentences(
        'An outbound rule lets machines with only a private address open connections to the internet. They all appear there with the public address of their load balancer.',
        each.length > 0 &&
          `Every machine has ${each.join(' or ')} ports for it: so many connections to one and the same place can be open at a time.`,
      ),
      why: 'The machines must fetch things: updates, and the images that containers are made from. Answers come back the same way; nobody can use it to come in.',
      without: 'Without it a new machine could not install Docker, and no container image could be pulled.',
    },
  ];
}
