import type { ClusterPath } from '@slipway/contract';
import { type ArmPlace, armClients, bearerToken, call } from '../fixtures/arm-clients.ts';

/** An answer: what was asked, and the text of what came back. */
export interface ArmAnswer {
  asked: string;
  status: number;
  body: string;
}

/**
 * Everything that ARM tells whom it lets read a cluster's group: the resources with all that is below them, the stack, the
 * deployments with their history, and templates as they are exported.
 */
export async function everyAnswer(
  place: ArmPlace,
  { resourceGroup, name }: ClusterPath,
): Promise<ArmAnswer[]> {
  const { token } = await bearerToken(place);
  const { resources, deployments } = armClients(place);
  const headers = { authorization: `Bearer ${token}` };
  const ask = async (method: 'GET' | 'POST', path: string, version: string): Promise<ArmAnswer> => {
    const asked = `${method} ${path}`;
    const { status, body } = await call(method, `${path}?api-version=${version}`, { headers }, place);
    return { asked, status, body };
  };
  const compute = await newestVersion(place, 'Microsoft.Compute', 'virtualMachines');
  const answers: Promise<ArmAnswer>[] = [];
  let group = '';
  for await (const { id = '', type = '' } of resources.resources.listByResourceGroup(resourceGroup)) {
    const [namespace = '', ...types] = type.split('/');
    answers.push(ask('GET', id, await newestVersion(place, namespace, types.join('/'))));
    group = id.split('/providers/')[0] ?? '';
    if (/\/virtualMachines$/i.test(type))
      answers.push(...[`${id}/instanceView`, `${id}/extensions`].map((path) => ask('GET', path, compute)));
    if (/\/virtualMachineScaleSets$/i.test(type))
      answers.push(
        ...['instanceView', 'virtualMachines'].map((part) => ask('GET', `${id}/${part}`, compute)),
      );
  }
  const allStacks = `${group}/providers/Microsoft.Resources/deploymentStacks`;
  const stackId = `${allStacks}/${name}`;
  const stackVersion = await newestVersion(place, 'Microsoft.Resources', 'deploymentStacks');
  answers.push(
    ask('GET', allStacks, stackVersion),
    ask('GET', stackId, stackVersion),
    ask('POST', `${stackId}/exportTemplate`, stackVersion),
  );
  const deploymentVersion = await newestVersion(place, 'Microsoft.Resources', 'deployments');
  for await (const { id = '' } of deployments.deployments.listByResourceGroup(resourceGroup))
    answers.push(
      ask('GET', id, deploymentVersion),
      ask('POST', `${id}/exportTemplate`, deploymentVersion),
      ask('GET', `${id}/operations`, deploymentVersion),
    );
  return Promise.all(answers);
}

async function newestVersion(place: ArmPlace, namespace: string, type: string): Promise<string> {
  const { resourceTypes = [] } = await armClients(place).resources.providers.get(namespace);
  const found = resourceTypes.find(({ resourceType }) => resourceType?.toLowerCase() === type.toLowerCase());
  const stable = (found?.apiVersions ?? []).filter((version) => !version.includes('preview'));
  return stable.toSorted().at(-1) ?? '';
}
