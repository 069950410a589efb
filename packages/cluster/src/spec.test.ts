import { describe, expect, it } from 'vitest';
import { azureReservedUserNames, checkAdminUsername } from './admin-user-name.ts';
import { specOf } from './cluster.test-support.ts';
import {
  checkAgentCount,
  checkDnsPrefix,
  checkMachineSize,
  checkMasterCount,
  checkRegion,
  checkResourceGroupName,
  checkServiceName,
  checkSubscriptionId,
} from './spec-rules.ts';
import { agentSchema, basicsSchema, clusterSpecSchema, masterSchema } from './spec.ts';

/** Expects that a rule takes some values and refuses others, each with a sentence. */
function rule<T>(check: (value: T) => string | undefined, taken: T[], refused: [T, RegExp][]): void {
  it.each(taken.map((value) => [value]))('takes %j', (value) => {
    expect(check(value)).toBeUndefined();
  });
  it.each(refused)('refuses %j and says why', (value, message) => {
    expect(check(value)).toMatch(message);
  });
}

describe('service name', () => {
  rule(
    checkServiceName,
    ['a', 'My-service_1.(x)', 'x'.repeat(90)],
    [
      ['', /enter a name/i],
      ['x'.repeat(91), /at most 90 characters; this one has 91/],
      ['my service', /only letters, digits/],
      ['a/b', /only letters, digits/],
      ['größe', /only letters, digits/],
      ['..', /at least one letter or digit/],
    ],
  );
});

describe('resource group', () => {
  rule(
    checkResourceGroupName,
    ['rg', 'my_group-1.(x)', 'x'.repeat(90)],
    [
      ['', /choose a resource group/i],
      ['x'.repeat(91), /at most 90/],
      ['a b', /only letters/],
      ['group.', /cannot end with a full stop/],
    ],
  );
});

describe('subscription', () => {
  rule(
    checkSubscriptionId,
    ['11111111-2222-3333-4444-555555555555'],
    [
      ['', /choose a subscription/i],
      ['mine', /is a GUID/],
    ],
  );
});

describe('region', () => {
  rule(
    checkRegion,
    ['westeurope', 'eastus2'],
    [
      ['', /choose a region/i],
      ['West Europe', /lower-case letters and digits/],
    ],
  );
});

describe('DNS prefix', () => {
  rule(
    checkDnsPrefix,
    ['abc', 'my-cluster-1', 'a'.repeat(45)],
    [
      ['', /enter a DNS name prefix/i],
      ['ab', /at least 3/],
      ['a'.repeat(46), /at most 45 characters; this one has 46/],
      ['Abc', /lower-case/],
      ['a_b', /only lower-case letters, digits and hyphens/],
      ['1ab', /starts with a letter/],
      ['-ab', /starts with a letter/],
      ['ab-', /ends with a letter or a digit/],
      ['abc\n', /only lower-case/],
    ],
  );

  it('of the greatest length still makes a label of at most 63 characters', () => {
    expect(`${'a'.repeat(45)}agents`.length).toBeLessThanOrEqual(63);
  });
});

describe('admin user', () => {
  rule(
    checkAdminUsername,
    ['azureuser', '_x', 'Jane-Doe_2', 'x'.repeat(32)],
    [
      ['', /enter a user name/i],
      ['x'.repeat(33), /at most 32 characters; this one has 33/],
      ['2fast', /starts with a letter or an underscore/],
      ['-x', /starts with a letter or an underscore/],
      ['jane doe', /only letters, digits, hyphens and underscores/],
      ['jane.doe', /only letters, digits, hyphens and underscores/],
      ['root', /Azure reserves/],
      ['Administrator', /Azure reserves/],
      ['support_388945a0', /Azure reserves/],
      ['docker', /system account or group/],
      ['www-data', /system account or group/],
    ],
  );

  it.each(azureReservedUserNames.map((name) => [name]))('refuses the reserved name %s', (name) => {
    expect(checkAdminUsername(name)).toBeDefined();
  });
});

describe('masters, agents and size', () => {
  rule(
    checkMasterCount,
    [1, 3, 5],
    [
      [2, /1 master for testing, or 3 or 5/],
      [0, /1 master for testing/],
    ],
  );
  rule(
    checkAgentCount,
    [1, 2, 100],
    [
      [0, /at least 1/],
      [101, /at most 100/],
      [1.5, /whole number/],
      [Number.NaN, /whole number/],
    ],
  );
  rule(
    checkMachineSize,
    ['Standard_D2s_v5', 'Standard_M416-208s_v2'],
    [
      ['', /choose a machine size/i],
      ['big', /named like Standard_D2s_v5/],
    ],
  );
});

describe('the whole spec', () => {
  it('is taken when every field is right', () => {
    expect(clusterSpecSchema.safeParse(specOf())).toMatchObject({ success: true });
  });

  it('tells every wrong field by its path, each with what to do', () => {
    const spec = specOf();
    const result = clusterSpecSchema.safeParse({
      basics: { ...spec.basics, serviceName: 'a b', resourceGroup: { kind: 'new', name: 'x.' }, region: '' },
      master: { ...spec.master, dnsPrefix: 'X', adminUsername: 'root', sshPublicKey: 'ssh-rsa', count: 2 },
      agent: { count: 0, machineSize: '' },
    });
    const issues = result.error!.issues.map(({ path, message }) => [path.join('.'), message]);
    expect(issues.map(([path]) => path)).toEqual([
      'basics.serviceName',
      'basics.resourceGroup.name',
      'basics.region',
      'master.dnsPrefix',
      'master.adminUsername',
      'master.sshPublicKey',
      'master.count',
      'agent.count',
      'agent.machineSize',
    ]);
    expect(issues.every(([, message]) => !message!.startsWith('Invalid input'))).toBe(true);
  });

  it('of nothing at all names each missing part', () => {
    const issues = clusterSpecSchema.safeParse({ basics: {}, master: {}, agent: {} }).error!.issues;
    expect(issues).toHaveLength(11);
    expect(issues.filter(({ message }) => message.startsWith('Invalid input'))).toEqual([]);
  });

  it('refuses a field that it does not know, at every level', () => {
    const spec = specOf();
    expect(clusterSpecSchema.safeParse({ ...spec, extra: 1 }).success).toBe(false);
    expect(basicsSchema.safeParse({ ...spec.basics, extra: 1 }).success).toBe(false);
    expect(masterSchema.safeParse({ ...spec.master, password: 'x' }).success).toBe(false);
    expect(agentSchema.safeParse({ ...spec.agent, extra: 1 }).success).toBe(false);
  });
});
