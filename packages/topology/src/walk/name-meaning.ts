import type { TopologyNode } from '../graph.ts';
import { plainText, shortened } from '../plain-text.ts';
import { listInWords } from '../words.ts';
import { quoted, type Tour } from './tour.ts';

/** A part of a name and what it stands for. */
type Meaning = readonly [part: string, says: string];

/**
 * What the name of a piece means, part by part, as far as the piece's place in the structure bears it out: `nsg` is only
 * explained where there is a security group. Undefined where no part says anything.
 */
export function nameMeaning(node: TopologyNode, tour: Tour): string | undefined {
  const name = plainText(node.name);
  const meanings = meaningsOf(name, node, tour);
  if (meanings.length === 0 || name.length > 200) return undefined;
  const said = meanings.map(([part, says]) => `“${shortened(part, 60)}” ${says}`);
  return `The name is ${quoted(name)}. In it, ${listInWords(said)}.`;
}

function meaningsOf(name: string, node: TopologyNode, tour: Tour): Meaning[] {
  const whole = wholeName(name, node);
  if (whole) return [whole];
  const parts = name.split(/[-_]/).filter((part) => part !== '');
  const said = parts.flatMap((part, index): Meaning[] => {
    const meaning = partMeaning(part, { index, isLast: index === parts.length - 1, node, tour });
    return meaning === undefined ? [] : [[part, meaning]];
  });
  // What only all pieces have in common says nothing of this one.
  const own = said.filter(([part]) => part !== tour.common.prefix && part !== tour.common.number);
  return own.length === 0 ? [] : said;
}

/** Names that are one word. */
function wholeName(name: string, { kind, id }: TopologyNode): Meaning | undefined {
  if (kind === 'extension' && name === 'configuremaster') {
    return [
      name,
      'is what it was called when such scripts only set up masters; agents run one of the same name today',
    ];
  }
  if (kind === 'storageAccount') {
    const purpose = /(swarm)?diag\d*$/.exec(name)?.[0];
    if (purpose !== undefined && purpose.length < name.length) {
      return [
        purpose,
        'stands for the diagnostics of the swarm, and what comes before it is computed from the resource group, because the name of a storage account must be the only one of its kind in the whole world',
      ];
    }
  }
  if (kind === 'loadBalancerRule' && /^LBRule/.test(name)) {
    return ['LBRule', 'stands for load balancing rule, and what follows names the port'];
  }
  if (kind === 'loadBalancerRule' && /\/inboundnatrules\//.test(id) && /^SSHPort22-/.test(name)) {
    return [
      'SSHPort22',
      'says that it takes the usual port of SSH, and what follows is the machine that it leads to',
    ];
  }
  if (kind === 'loadBalancerRule' && /\/inboundnatrules\//.test(id) && /^SSH-/.test(name)) {
    return ['SSH', 'is what it is for, and what follows is the machine that it leads to'];
  }
  return undefined;
}

interface Place {
  index: number;
  isLast: boolean;
  node: TopologyNode;
  tour: Tour;
}

function partMeaning(part: string, { index, isLast, node, tour }: Place): string | undefined {
  const { kind, role } = node;
  if (index === 0 && part === tour.common.prefix) {
    return part === 'swarm' ? 'says that this is a Docker Swarm cluster' : 'is how most names here begin';
  }
  if (part === tour.common.number) {
    return 'is the number that all names of this cluster share, computed so that no other cluster gets the same';
  }
  if (role === 'master' && /^masters?$/i.test(part)) return 'says whom it serves: the masters';
  if (role === 'agent' && /^agents?$/i.test(part)) return 'says whom it serves: the agents';
  switch (kind) {
    case 'publicIp':
      if (/^p?ip$/i.test(part)) return 'is short for IP address';
      return dnsMeaning(part, node);
    case 'loadBalancer':
      return /^lb$/i.test(part) ? 'is short for load balancer' : undefined;
    case 'networkSecurityGroup':
      return /^nsg$/i.test(part) ? 'is short for network security group' : undefined;
    case 'virtualNetwork':
      return /^vnet$/i.test(part) ? 'is short for virtual network' : undefined;
    case 'subnet':
      if (/^mastersubnet$/i.test(part) && role === 'master') return 'says that the masters live here';
      return /^subnet$/i.test(part) && role === 'agent'
        ? 'without a further word is the one where the agents live'
        : undefined;
    case 'networkInterface':
      if (/^nic$/i.test(part)) return 'is short for network interface card';
      return isLast && /^\d{1,3}$/.test(part) ? 'is the number of its machine, counted from 0' : undefined;
    case 'availabilitySet':
      return /^availabilityset$|^avset$|^as$/i.test(part) ? 'says what it is' : undefined;
    case 'virtualMachine':
      return isLast && /^\d{1,3}$/.test(part) ? 'is its number, counted from 0' : undefined;
    case 'scaleSet':
      return /^vmss$/i.test(part) ? 'is short for virtual machine scale set' : undefined;
    case 'disk':
      if (/^osdisk$/i.test(part)) return 'says that the operating system is on it';
      if (/^[0-9a-f]{32}$/i.test(part))
        return 'is made up by Azure, so that no two disks are called the same';
      return undefined;
    default:
      return undefined;
  }
}

/** The beginning of a DNS name inside the name of its address. */
function dnsMeaning(part: string, node: TopologyNode): string | undefined {
  const dns = node.facts.find(({ label }) => label === 'DNS name')?.value.split('.')[0];
  if (dns === undefined || part.toLowerCase() !== dns.toLowerCase()) return undefined;
  const ending = node.role === 'master' ? 'mgmt' : 'agents';
  if (!dns.endsWith(ending) || dns.length === ending.length) return 'is the beginning of its DNS name';
  const prefix = dns.slice(0, -ending.length);
  return node.role === 'master'
    ? `is the beginning of its DNS name: “${shortened(prefix, 50)}” was chosen by whoever made the cluster, and “mgmt” is short for management`
    : `is the beginning of its DNS name: “${shortened(prefix, 50)}” was chosen by whoever made the cluster, and “agents” says where it leads`;
}
