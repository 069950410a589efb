import {
  type IpRange,
  addressText,
  ipRange,
  isWithin,
  rangesOverlap,
  readIpRange,
  sizeOf,
} from './ip-ranges.ts';
import { MAX_AGENTS, masterCounts } from './spec-rules.ts';

/** The address ranges of a cluster's virtual network. */
export interface ClusterNetwork {
  /** The virtual network's ranges; every subnet lies in one of them. */
  addressSpace: readonly string[];
  masterSubnet: string;
  agentSubnet: string;
}

/** The ranges of every cluster that asks for no others: those of 2017. */
export const defaultNetwork: ClusterNetwork = {
  addressSpace: ['172.16.0.0/24', '10.0.0.0/8'],
  masterSubnet: '172.16.0.0/24',
  agentSubnet: '10.0.0.0/11',
};

/** A rule that a network breaks; the path is the field's below `network`. */
export interface NetworkProblem {
  path: keyof ClusterNetwork;
  message: string;
}

/** In every subnet Azure keeps the first four addresses and the last one. */
export const AZURE_RESERVED_ADDRESSES = 5;
/** The first master's address counted from the subnet's beginning; the others follow it. */
const MASTER_FIRST_ADDRESS = 5;
const MOST_RANGES = 10;
const smallestSubnetPrefix = 29;

/** Ranges that machines need for something else, so that nothing of the virtual network may be in them. */
const takenRanges: readonly { range: IpRange; by: string }[] = [
  { range: ipRange('172.24.0.0/13'), by: "the networks of each machine's own Docker (docker0 and others)" },
  { range: ipRange('192.168.0.0/16'), by: "Swarm's overlay networks, ingress among them" },
  { range: ipRange('127.0.0.0/8'), by: 'each machine for itself (loopback)' },
  { range: ipRange('168.63.129.16/32'), by: "Azure's own service for machines" },
  { range: ipRange('169.254.0.0/16'), by: 'link-local addresses' },
  { range: ipRange('224.0.0.0/4'), by: 'multicast' },
  { range: ipRange('240.0.0.0/4'), by: 'nobody: they are reserved' },
  { range: ipRange('0.0.0.0/8'), by: 'each network for itself' },
];

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(ipRange);

/**
 * Everything that is wrong with a network, at most one sentence for each field: written as no range, reserved, overlapping
 * (also with what Docker and Swarm use on the machines), not inside the virtual network, or too small for 100 agents or 5
 * masters beside the addresses that Azure keeps.
 */
export function checkNetwork(network: ClusterNetwork): NetworkProblem[] {
  const space = checkAddressSpace(network.addressSpace);
  const masters = checkSubnet(network.masterSubnet, space.ranges, mastersRoom);
  const agents = checkSubnet(network.agentSubnet, space.ranges, agentsRoom);
  const problems: NetworkProblem[] = [];
  const add = (path: NetworkProblem['path'], message: string | undefined): void => {
    if (message !== undefined) problems.push({ path, message });
  };
  add('addressSpace', space.message);
  add('masterSubnet', masters.message);
  add('agentSubnet', agents.message ?? overlapOf(masters.range, agents.range));
  return problems;
}

/** Which of these ranges are public, so that the machines cannot reach the internet's hosts of the same addresses. */
export function publicRanges(texts: readonly string[]): string[] {
  return texts.filter((text) => {
    const reading = readIpRange(text);
    return reading.accepted && !privateRanges.some((range) => isWithin(reading.range, range));
  });
}

/** Whether a network is the one that is built where nothing else is asked for. */
export const isDefaultNetwork = (network: ClusterNetwork): boolean =>
  network.addressSpace.join() === defaultNetwork.addressSpace.join() &&
  network.masterSubnet === defaultNetwork.masterSubnet &&
  network.agentSubnet === defaultNetwork.agentSubnet;

function checkAddressSpace(texts: readonly string[]): { ranges: IpRange[]; message?: string } {
  const ranges: IpRange[] = [];
  if (texts.length === 0) return { ranges, message: 'Enter at least one range, for example 10.0.0.0/16.' };
  if (texts.length > MOST_RANGES)
    return { ranges, message: `Enter at most ${MOST_RANGES} ranges; these are ${texts.length}.` };
  for (const text of texts) {
    const reading = readIpRange(text);
    if (!reading.accepted) return { ranges, message: reading.message };
    const { range } = reading;
    const taken = takenRanges.find((other) => rangesOverlap(range, other.range));
    if (taken)
      return {
        ranges,
        message: `${range.text} overlaps ${taken.range.text}, which is used by ${taken.by}. Choose a range outside of it.`,
      };
    if (range.prefix > smallestSubnetPrefix)
      return {
        ranges,
        message: `${range.text} is too small: Azure takes ranges of /${smallestSubnetPrefix} or larger.`,
      };
    const other = ranges.find((each) => rangesOverlap(each, range));
    if (other)
      return {
        ranges,
        message: `${other.text} and ${range.text} overlap. Each address can be in one range.`,
      };
    ranges.push(range);
  }
  return { ranges };
}

/** What has to find room in a subnet. */
interface Room {
  /** How many addresses it has to have, Azure's own among them. */
  needed: number;
  prefix: number;
  why: string;
}

const mostMasters = Math.max(...masterCounts);
const mastersRoom: Room = {
  // The masters' addresses are fixed ones, and the last of a subnet is Azure's.
  needed: MASTER_FIRST_ADDRESS + mostMasters + 1,
  prefix: 28,
  why: `${mostMasters} masters have the addresses ${MASTER_FIRST_ADDRESS} to ${MASTER_FIRST_ADDRESS + mostMasters - 1} of it, and Azure keeps the first four and the last`,
};
const agentsRoom: Room = {
  needed: MAX_AGENTS + AZURE_RESERVED_ADDRESSES,
  prefix: 25,
  why: `it has to have room for ${MAX_AGENTS} agents beside the ${AZURE_RESERVED_ADDRESSES} addresses that Azure keeps`,
};

function checkSubnet(
  text: string,
  space: readonly IpRange[],
  { needed, prefix, why }: Room,
): { range?: IpRange; message?: string } {
  const reading = readIpRange(text);
  if (!reading.accepted) return { message: reading.message };
  const { range } = reading;
  if (sizeOf(range) < needed)
    return { range, message: `${range.text} is too small: ${why}. Choose a range of /${prefix} or larger.` };
  if (space.length > 0 && !space.some((outer) => isWithin(range, outer)))
    return {
      range,
      message: `${range.text} is not within the address space (${space.map((each) => each.text).join(', ')}).`,
    };
  return { range };
}

function overlapOf(masters: IpRange | undefined, agents: IpRange | undefined): string | undefined {
  return masters && agents && rangesOverlap(masters, agents)
    ? `${agents.text} overlaps the masters' subnet ${masters.text}. Choose another range.`
    : undefined;
}

/** The addresses that so many masters get in a subnet; none where it is no range, or has no room for them. */
export function masterAddresses(subnet: string, count: number): string[] {
  const reading = readIpRange(subnet);
  if (!reading.accepted || sizeOf(reading.range) < mastersRoom.needed) return [];
  const { first } = reading.range;
  return Array.from({ length: count }, (_, index) => addressText(first + MASTER_FIRST_ADDRESS + index));
}

/** How many machines have room in a subnet beside the addresses that Azure keeps; undefined where it is no range. */
export function subnetRoom(subnet: string): number | undefined {
  const reading = readIpRange(subnet);
  return reading.accepted ? Math.max(0, sizeOf(reading.range) - AZURE_RESERVED_ADDRESSES) : undefined;
}
