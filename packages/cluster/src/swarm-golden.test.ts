import { describe, expect, it } from 'vitest';
import { expandedCluster, textAt } from './expansion.test-support.ts';
import {
  files,
  scaleSet,
  machines,
  decoded,
  masterCloudInit,
  agentCloudInit,
} from './swarm-cluster.test-support.ts';
import { masterCounts } from './spec-rules.ts';

describe('the golden files', () => {
  it.each(masterCounts)('hold the expansion for %i masters', async (masterCount) => {
    // Texts that are files of their own are golden on their own; here only that they are the same everywhere.
    const text = JSON.stringify(expandedCluster(masterCount), null, 2)
      .replaceAll(
        textAt(machines()[0], 'properties', 'osProfile', 'customData'),
        '(base64 of cloud-init-master.yaml)',
      )
      .replaceAll(
        textAt(scaleSet(), 'properties', 'virtualMachineProfile', 'osProfile', 'customData'),
        '(base64 of cloud-init-agent.yaml)',
      )
      .replaceAll(/("script": )"([^"]+)"/g, (_match, key: string, script: string) => {
        const head = decoded(script).replace(files['scripts/configure.sh'], '(scripts/configure.sh)');
        return `${key}${JSON.stringify(head)}`;
      });
    await expect(`${text}\n`).toMatchFileSnapshot(`../golden/swarm-${masterCount}-masters.json`);
  });

  it('hold both cloud-init documents as machines get them', async () => {
    await expect(masterCloudInit()).toMatchFileSnapshot('../golden/cloud-init-master.yaml');
    await expect(agentCloudInit()).toMatchFileSnapshot('../golden/cloud-init-agent.yaml');
  });
});
