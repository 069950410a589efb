import type { JsonValue } from '@slipway/arm-template';
import { describe, expect, it, vi } from 'vitest';
import { azureSchemasArePresent, schemaFaults } from './azure-schemas.test-support.ts';
import { at, expandedCluster, type ExpandedResource } from './expansion.test-support.ts';
import { agentBalancer, scaleSet, machines, extensions } from './swarm-cluster.test-support.ts';
import { masterCounts } from './spec-rules.ts';

// Compiling the definitions takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** The `properties` of a resource's copy, to be changed. */
const properties = (copy: Record<string, JsonValue>) => at(copy, 'properties') as Record<string, JsonValue>;

/** What the definitions have against a resource after a change. */
const changed = (resource: ExpandedResource, change: (copy: Record<string, JsonValue>) => void): string[] => {
  const { id: _id, dependsOn: _dependsOn, ...copy } = structuredClone(resource);
  change(copy);
  return schemaFaults(copy);
};

describe("Microsoft's published definitions", () => {
  if (!azureSchemasArePresent) {
    it.skip('were not checked: the folder shared/azure-schemas beside the repository is missing');
    return;
  }

  it.each(masterCounts)('have nothing against any resource of a cluster with %i masters', (masterCount) => {
    const faults = expandedCluster(masterCount).flatMap((resource) => {
      const { id: _id, dependsOn: _dependsOn, ...body } = resource;
      return schemaFaults(body).map((fault) => `${resource.type} ${resource.name}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  it('would be heard: an unknown property, a wrong value and a missing one are each found', () => {
    const vm = machines()[0]!;
    expect(changed(vm, () => undefined)).toEqual([]);
    expect(changed(vm, (copy) => Object.assign(properties(copy), { hardwareprofile: {} })).join()).toContain(
      'hardwareprofile',
    );
    expect(
      changed(vm, (copy) =>
        Object.assign(at(copy, 'properties', 'storageProfile', 'osDisk') as object, { deleteOption: 'Keep' }),
      ).join(),
    ).toContain('/properties/storageProfile/osDisk/deleteOption');
    expect(
      changed(vm, (copy) => {
        copy['name'] = 7;
      }),
    ).not.toEqual([]);
    expect(
      changed(agentBalancer(), (copy) => {
        delete (at(copy, 'properties', 'loadBalancingRules', 0, 'properties') as Record<string, JsonValue>)[
          'protocol'
        ];
      }).join(),
    ).toContain("required property 'protocol'");
    expect(
      changed(extensions()[0]!, (copy) => Object.assign(properties(copy), { commandToExecute: 'x' })).join(),
    ).toContain('commandToExecute');
    expect(
      changed(scaleSet(), (copy) => Object.assign(properties(copy), { overprovision: 'no' })).join(),
    ).toContain('/properties/overprovision');
  });
});
