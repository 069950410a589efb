import type { MachineRole, NodeKind, TopologyNode } from '../graph.ts';
import { plainText, shortened } from '../plain-text.ts';
import { quoted, type Tour } from './tour.ts';

/** A part of a name and what it stands for. */
type Meaning = readonly [part: string, says: string];

/**
 * What the name of a piece means, part by part, as far as the piece's place in the structure bears it out: `nsg` is only
 * explained where there is a security group. Undefined where no part says anything of its own.
 */
export function nameMeaning(node: TopologyNode, tour: Tour): string | undefined {
  const name = plainText(node.name);
  if (name.length > 200) return undefined;
  const meanings = meaningsOf(name, node, tour);
  if (meanings.length === 0) return undefined;
  const said = meanings.map(([part, says]) => `“${shortened(part, 60)}” ${says}`);
  const [only] = meanings;
  return only?.[0] === name ? `${said.join('')}.` : `In ${quoted(name)}, ${said.join('; ')}.`;
}

/** What most of the names have in common, told once; undefined where they have nothing in common. */
export function commonNameMeaning({ common: { prefix, number } }: Tour): string | undefined {
  const sentences = [
    prefix !== undefined &&
      `Most names here begin with “${shortened(plainText(prefix), 60)}”${prefix === 'swarm' ? ', for Docker Swarm' : ''}.`,
    number !== undefined &&
      `The number ${number} in them is the same everywhere: it is computed from what the cluster is called and where it lives, so that two clusters never have the same names.`,
  ].filter((text) => text !== false);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function meaningsOf(name: string, node: TopologyNode, tour: Tour): Meaning[] {
  const whole = wholeName(name, node);
  if (whole) return [whole];
  const parts = name.split(/[-_]/).filter((part) => part !== '');
  return parts.flatMap((part, index): Meaning[] => {
    const isLast = index === parts.length - 1;
    const meaning = partMeaning(part, { isLast, node });
    // What all names have in common has been told.
    const isCommon = part === tour.common.number || (index === 0 && part === tour.common.prefix);
    return meaning === undefined || isCommon ? [] : [[part, meaning]];
  });
}

/** Names that are one word. */
function wholeName(name: string, { kind, id }: TopologyNode): Meaning | undefined {
  if (kind === 'extension' && name === 'configuremaster') {
    return [name, 'says what it does: it configures a master; the script of the agents has the same name'];
  }
  if (kind === 'storageAccount') {
    const purpose = /(swarm)?diag\d*$/.exec(name)?.[0];
    if (purpose !== undefined && purpose.length < name.length) {
      return [
        purpose,
        'stands for the diagnostics of the swarm; what comes before it is computed, because no two storage accounts in the world may have the same name',
      ];
    }
  }
  if (kind === 'loadBalancerRule' && name.startsWith('LBRule')) {
    return ['LBRule', 'stands for load balancing rule; what follows names the port'];
  }
  if (kind === 'loadBalancerRule' && id.includes('/inboundnatrules/') && name.startsWith('SSHPort22-')) {
    return [
      'SSHPort22',
      'says that it takes the usual port of SSH; what follows is the machine that it leads to',
    ];
  }
  if (kind === 'loadBalancerRule' && id.includes('/inboundnatrules/') && name.startsWith('SSH-')) {
    return ['SSH', 'is what it is for; what follows is the machine that it leads to'];
  }
  return undefined;
}

interface Place {
  isLast: boolean;
  node: TopologyNode;
}

function partMeaning(part: string, { isLast, node }: Place): string | undefined {
  const { kind, role } = node;
  if (role === 'master' && /^masters?$/i.test(part))
    return kind === 'virtualMachine' ? 'says that it is a master' : 'says that it is the masters’';
  if (role === 'agent' && /^agents?$/i.test(part)) return 'says that it is the agents’';
  const known = partsOfKind[kind]?.find(
    ({ pattern, role: whose }) => pattern.test(part) && (whose ?? role) === role,
  );
  if (known) return known.says;
  if (kind === 'publicIp') return dnsMeaning(part, node);
  if (!isLast || !/^\d{1,3}$/.test(part)) return undefined;
  if (kind === 'virtualMachine') return 'is its number, counted from 0';
  return kind === 'networkInterface' ? 'is the number of its machine, counted from 0' : undefined;
}

interface KnownPart {
  pattern: RegExp;
  says: string;
  /** Whose piece it must be for the word to mean this. */
  role?: MachineRole;
}

/** What short words stand for in the names of each kind. */
const partsOfKind: Partial<Record<NodeKind, readonly KnownPart[]>> = {
  publicIp: [{ pattern: /^p?ip$/i, says: 'is short for IP address' }],
  loadBalancer: [{ pattern: /^lb$/i, says: 'is short for load balancer' }],
  networkSecurityGroup: [{ pattern: /^nsg$/i, says: 'is short for network security group' }],
  virtualNetwork: [{ pattern: /^vnet$/i, says: 'is short for virtual network' }],
  subnet: [
    { pattern: /^mastersubnet$/i, says: 'says that the masters live here', role: 'master' },
    { pattern: /^subnet$/i, says: 'with nothing before it is where the agents live', role: 'agent' },
  ],
  networkInterface: [{ pattern: /^nic$/i, says: 'is short for network interface card' }],
  availabilitySet: [{ pattern: /^(availabilityset|avset|as)$/i, says: 'says what it is' }],
  scaleSet: [{ pattern: /^vmss$/i, says: 'is short for virtual machine scale set' }],
  disk: [
    { pattern: /^osdisk$/i, says: 'says that the operating system is on it' },
    { pattern: /^[0-9a-f]{32}$/i, says: 'is made up by Azure, so that no two disks have the same name' },
  ],
};

/** The beginning of a DNS name inside the name of its address. */
function dnsMeaning(part: string, node: TopologyNode): string | undefined {
  const dns = node.facts.find(({ label }) => label === 'DNS name')?.value.split('.')[0];
  if (dns === undefined || part.toLowerCase() !== dns.toLowerCase()) return undefined;
  const ending = node.role === 'master' ? 'mgmt' : 'agents';
  if (!dns.endsWith(ending) || dns.length === ending.length) return 'is the beginning of its DNS name';
  const prefix = dns.slice(0, -ending.length);
  return node.role === 'master'
    ? `is the beginning of its DNS name (“${shortened(prefix, 50)}” was chosen by whoever made the cluster, “mgmt” is short for management)`
    : `is the beginning of its DNS name (“${shortened(prefix, 50)}” was chosen by whoever made the cluster, “agents” says where it leads)`;
}
