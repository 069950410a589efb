import { describe, expect, it } from 'vitest';
import { specOf, testKey } from './cluster.test-support.ts';
import { at, expandedResources, listAt } from './expansion.test-support.ts';
import {
  files,
  parameters,
  masterBalancer,
  agentBalancer,
  scaleSet,
  machines,
  extensions,
  masterCloudInit,
  agentCloudInit,
  stored,
} from './swarm-cluster.test-support.ts';
import { swarmDeployment, updatedDeploymentParameters } from './swarm.ts';

describe('customData', () => {
  it('is byte-identical for all masters', () => {
    const texts = new Set(machines().map((machine) => at(machine, 'properties', 'osProfile', 'customData')));
    expect(texts.size).toBe(1);
  });

  it('stays byte-identical when a cluster is scaled or gets a port, also by a later version with other files', () => {
    const laterParameters = swarmDeployment(specOf(), {
      ...files,
      'cloud-init/master.yaml': '#cloud-config\nlater: true\n',
      'scripts/bootstrap.py': '# later\n',
    }).parameters;
    expect(laterParameters['masterCloudInit']).not.toEqual(parameters['masterCloudInit']);

    const updated = updatedDeploymentParameters(stored(parameters), {
      agentCount: 7,
      agentPorts: [
        { name: 'HTTP', port: 80 },
        { name: 'Port9000', port: 9000 },
      ],
    });
    const after = expandedResources(updated);
    // Nothing of an existing machine may change: the whole of it is sent again as it was.
    expect(machines(after)).toEqual(machines());
    expect(extensions(after)).toEqual(extensions());
    expect(at(scaleSet(after), 'sku', 'capacity')).toBe(7);
    expect(agentCloudInit(after)).toBe(agentCloudInit());
    expect(
      listAt(agentBalancer(after), 'properties', 'loadBalancingRules').map((rule) => at(rule, 'name')),
    ).toEqual(['LBRuleHTTP', 'LBRulePort9000']);
    expect(masterBalancer(after)).toEqual(masterBalancer());
  });

  it('of an update is refused to be guessed when the stack does not tell it', () => {
    const { masterCloudInit: _lost, ...rest } = stored(parameters);
    expect(() => updatedDeploymentParameters(rest, { agentCount: 3 })).toThrow(/masterCloudInit/);
  });

  it('fits into the 64 KiB that Azure takes', () => {
    for (const text of [masterCloudInit(), agentCloudInit()])
      expect(Buffer.byteLength(text)).toBeLessThan(65_535);
  });

  it('knows nothing of the cluster: neither user, key, prefix nor token', () => {
    for (const text of [masterCloudInit(), agentCloudInit()]) {
      expect(text).not.toContain('azureuser');
      expect(text).not.toContain('harbour');
      expect(text).not.toContain(testKey.split(' ')[1]!);
    }
  });
});
