import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  conformanceTemplates,
  conformanceTitle,
  expandConformance,
  hasConformance,
} from './conformance.test-support.ts';
import { buildTopology, topologyGraphSchema, type TopologyResource } from './index.ts';
import { expectStated } from './oracle.test-support.ts';

/** Templates that do not expand, each with the reason. The list is tight. */
const notExpanding = new Map([
  [
    'templates/101-sql-vm-aglistener-setup/azuredeploy.json',
    'it has no parameter file, and parameters without defaults',
  ],
  [
    'templates/201-deployment-script-ssh-key-gen/azuredeploy.json',
    'it needs the address that it was deployed from',
  ],
  ['templates/sharepoint-adfs/azuredeploy.json', 'it needs the address that it was deployed from'],
  ['templates/orchard-cms-video-portal/azuredeploy.json', 'one of its expressions is not well-formed'],
  ['expansions/Template.Parsing.9.json', 'one of its expressions is longer than the language allows'],
  ['expansions/Template.Parsing.10.json', 'one of its expressions is longer than the language allows'],
  ['expansions/Template.Parsing.13.json', 'it depends on a resource that it does not have'],
  ['expansions/Bicep/AVMTestCases/Tests.Bicep.1.json', 'it refers to a resource that it does not have'],
  ['expansions/Bicep/ExtensibilityTestCases/Tests.Bicep.1.json', 'it imports an extension'],
]);

describe.skipIf(!hasConformance)(conformanceTitle('the resources of every conformance template'), () => {
  test('are those of all the templates', () => {
    expect(conformanceTemplates().length).toBeGreaterThan(85);
  });

  test.each(conformanceTemplates())('%s', (path) => {
    const resources = expandConformance(path);
    expect(resources === undefined).toBe(notExpanding.has(path));
    if (resources === undefined) return;
    const existing = buildTopology({ serviceName: 'demo', resources });
    expectStated(existing, resources);
    expect(topologyGraphSchema.parse(existing)).toEqual(existing);

    const planned = buildTopology({ serviceName: 'demo', resources: [], planned: resources });
    expectStated(planned, resources);
    expect(planned.edges).toEqual(existing.edges);
  });
});

describe('the resources of a cluster', () => {
  test.each([1, 3, 5])('of %i masters, as they are planned', (masters) => {
    const file = resolve(import.meta.dirname, `../../cluster/golden/swarm-${masters}-masters.json`);
    const planned = JSON.parse(readFileSync(file, 'utf8')) as TopologyResource[];
    expectStated(buildTopology({ serviceName: 'demo', resources: [], planned }), planned);
  });
});
