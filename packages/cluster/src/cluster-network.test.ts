import { describe, expect, it } from 'vitest';
import {
  type ClusterNetwork,
  checkNetwork,
  defaultNetwork,
  isDefaultNetwork,
  masterAddresses,
  publicRanges,
  subnetRoom,
} from './cluster-network.ts';
import { specOf } from './cluster.test-support.ts';
import { clusterSpecSchema } from './spec.ts';

const own: ClusterNetwork = {
  addressSpace: ['10.20.0.0/16'],
  masterSubnet: '10.20.0.0/28',
  agentSubnet: '10.20.1.0/25',
};

describe('a network', () => {
  it('is fine as every cluster has it, and as small as it can be', () => {
    expect(checkNetwork(defaultNetwork)).toEqual([]);
    expect(checkNetwork(own)).toEqual([]);
    expect([defaultNetwork, own].map(isDefaultNetwork)).toEqual([true, false]);
  });

  it.each<[string, Partial<ClusterNetwork>, string, RegExp]>([
    ['has a space', { addressSpace: [] }, 'addressSpace', /at least one range/],
    ['has ranges, not addresses', { addressSpace: ['10.20.0.0'] }, 'addressSpace', /no range of IPv4/],
    ['has real octets', { masterSubnet: '10.20.0.256/28' }, 'masterSubnet', /no range of IPv4/],
    ['has no octal octets', { masterSubnet: '10.020.0.0/28' }, 'masterSubnet', /no range of IPv4/],
    ['has a real prefix', { agentSubnet: '10.20.1.0/33' }, 'agentSubnet', /no range of IPv4/],
    [
      'begins where a range can',
      { agentSubnet: '10.20.1.5/24' },
      'agentSubnet',
      /around that address is 10\.20\.1\.0\/24/,
    ],
    ['keeps out of Swarm’s pool', { addressSpace: ['192.168.4.0/22'] }, 'addressSpace', /Swarm's overlay/],
    ['keeps out of Docker’s pools', { addressSpace: ['172.16.0.0/12'] }, 'addressSpace', /Docker/],
    ['keeps out of Azure’s', { addressSpace: ['168.63.0.0/16'] }, 'addressSpace', /Azure's own service/],
    ['is no loopback', { addressSpace: ['127.0.0.0/24'] }, 'addressSpace', /loopback/],
    ['is not all there is', { addressSpace: ['0.0.0.0/0'] }, 'addressSpace', /overlaps/],
    [
      'has ranges that Azure takes',
      { addressSpace: ['10.20.0.0/16', '10.30.0.0/30'] },
      'addressSpace',
      /small/,
    ],
    [
      'has each address once',
      { addressSpace: ['10.20.0.0/16', '10.20.128.0/17'] },
      'addressSpace',
      /10\.20\.0\.0\/16 and 10\.20\.128\.0\/17 overlap/,
    ],
    ['has its masters inside', { masterSubnet: '10.21.0.0/28' }, 'masterSubnet', /not within/],
    ['has its agents inside', { agentSubnet: '10.0.0.0/8' }, 'agentSubnet', /not within/],
    ['has room for 5 masters', { masterSubnet: '10.20.0.0/29' }, 'masterSubnet', /5 masters.*\/28/],
    ['has room for 100 agents', { agentSubnet: '10.20.1.0/26' }, 'agentSubnet', /100 agents.*\/25/],
    ['has its subnets apart', { agentSubnet: '10.20.0.0/24' }, 'agentSubnet', /overlaps the masters' subnet/],
  ])('%s', (_rule, changes, path, message) => {
    const problems = checkNetwork({ ...own, ...changes });
    expect(problems.map((problem) => problem.path)).toContain(path);
    expect(problems.find((problem) => problem.path === path)?.message).toMatch(message);
  });

  it('may be public, which is worth a warning', () => {
    const open = {
      ...own,
      addressSpace: ['20.0.0.0/16'],
      masterSubnet: '20.0.0.0/24',
      agentSubnet: '20.0.1.0/24',
    };
    expect(checkNetwork(open)).toEqual([]);
    expect(publicRanges([...open.addressSpace, ...own.addressSpace, '172.31.0.0/16'])).toEqual([
      '20.0.0.0/16',
    ]);
  });

  it('tells which addresses the masters get, and how many agents have room', () => {
    expect(masterAddresses('10.20.0.240/28', 3)).toEqual(['10.20.0.245', '10.20.0.246', '10.20.0.247']);
    expect(masterAddresses('10.20.0.0/29', 1)).toEqual([]);
    expect(subnetRoom('10.20.1.0/25')).toBe(123);
    expect(subnetRoom('somewhere')).toBeUndefined();
  });

  it('is checked by the spec, with the paths of its fields', () => {
    const read = clusterSpecSchema.safeParse({
      ...specOf(),
      network: { ...own, agentSubnet: '10.20.0.0/24' },
    });
    expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['network.agentSubnet']);
    expect(clusterSpecSchema.safeParse({ ...specOf(), network: own }).success).toBe(true);
    expect(clusterSpecSchema.safeParse(specOf()).success).toBe(true);
  });
});
