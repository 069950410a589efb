import type { JsonValue } from '@slipway/arm-template';
import { describe, expect, it } from 'vitest';
import { specOf, swarmFile } from './cluster.test-support.ts';
import { at, expandedResources } from './expansion.test-support.ts';
import {
  files,
  parameters,
  cluster,
  scaleSet,
  extensions,
  scaleSetExtension,
  masterCloudInit,
  agentCloudInit,
  scripts,
} from './swarm-cluster.test-support.ts';
import { swarmDeployment } from './swarm.ts';

const secret = (script: string, name: string): string | undefined =>
  new RegExp(`^${name}=([0-9a-f-]{36})$`, 'm').exec(script)?.[1];

describe('the extension', () => {
  it('is CustomScript 2.1 on every master and in the scale set', () => {
    for (const extension of [...extensions(), scaleSetExtension()])
      expect(at(extension, 'properties')).toMatchObject({
        publisher: 'Microsoft.Azure.Extensions',
        type: 'CustomScript',
        typeHandlerVersion: '2.1',
        settings: {},
      });
    expect(extensions()).toHaveLength(3);
    expect(at(scaleSetExtension(), 'name')).toBe('configuremaster');
  });

  it('waits for cloud-init, configures the node, and fails with the log’s tail', () => {
    for (const script of scripts()) {
      expect(script.startsWith('#!/bin/bash\nNODE_ROLE=')).toBe(true);
      expect(script).toContain('cloud-init status --wait');
      expect(script).toContain('/opt/slipway/configure_node.py');
      expect(script).toMatch(/tail -n 40 [^\n]+\n[^\n]*\} >&2/);
    }
  });

  it('of the masters comes before the scale set', () => {
    for (const extension of extensions()) expect(scaleSet().dependsOn).toContain(extension.id);
  });

  it('alone holds the bootstrap secrets, as protected settings; agents do not get the masters’', () => {
    const all = scripts();
    const masterSecrets = new Set(all.slice(0, 3).map((script) => secret(script, 'MASTER_SECRET')));
    const agentSecrets = new Set(all.map((script) => secret(script, 'AGENT_SECRET')));
    expect([masterSecrets.size, agentSecrets.size]).toEqual([1, 1]);
    expect([...masterSecrets]).not.toEqual([...agentSecrets]);
    expect(all[3]).not.toContain('MASTER_SECRET=');

    const open = structuredClone(cluster);
    for (const extension of [...extensions(open), scaleSetExtension(open)])
      delete (at(extension, 'properties') as Record<string, JsonValue>)['protectedSettings'];
    const visible = JSON.stringify(open) + masterCloudInit() + agentCloudInit();
    for (const value of [...masterSecrets, ...agentSecrets]) {
      expect(value).toBeDefined();
      expect(visible).not.toContain(value);
    }
    expect(visible).not.toContain('the-accounts-key');
  });

  it('derives its secrets from the account’s key, the same at every update', () => {
    expect(scripts(expandedResources(parameters))).toEqual(scripts());
    expect(swarmFile('azuredeploy.json')).not.toMatch(/newGuid|utcNow/i);
  });

  it('takes no secret as a parameter', () => {
    const { template } = swarmDeployment(specOf(), files);
    expect(JSON.stringify(template['parameters'])).not.toMatch(/secure/i);
  });
});
