import type {
  DeploymentDetails,
  DeploymentEntry,
  DeploymentHistory,
  DeploymentPath,
  DeploymentState,
  DeploymentValue,
} from '@slipway/contract';
import { unlessMissing } from '../arm/arm-failure.ts';
import type { Arm } from '../arm/arm.ts';
import { type ToldValue, findToldDeployment, listNewestDeployments } from '../arm/deployment-history.ts';
import { type Deployment, listOperations } from '../arm/deployments.ts';
import { withoutSecrets } from '../arm/secret-members.ts';
import { factsOf, rowState, rowsOf } from '../deployments/progress.ts';

/** The newest deployments of a group, the newest first; `undefined` where there is no such group. */
export async function readHistory(
  arm: Arm,
  group: Pick<DeploymentPath, 'subscriptionId' | 'resourceGroup'>,
  { limit, state }: { limit: number; state?: DeploymentState | undefined },
): Promise<DeploymentHistory | undefined> {
  // One more than is shown tells whether there is more.
  const found = await listNewestDeployments(arm, group, { limit: limit + 1, state });
  if (!found) return undefined;
  const newestFirst = found
    .map(entryOf)
    .toSorted((one, other) => Date.parse(other.startedAt ?? '') - Date.parse(one.startedAt ?? '') || 0);
  return { deployments: newestFirst.slice(0, limit), more: found.length > limit };
}

function entryOf(deployment: Deployment): DeploymentEntry {
  const { id, name, changedAt, error } = deployment;
  const { startedAt, durationMs, correlationId } = factsOf(deployment);
  return {
    id,
    name,
    state: stateOf(deployment),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(changedAt === undefined ? {} : { changedAt }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(error ? { error } : {}),
  };
}

/** One deployment with its resources and values; `undefined` where there is none. */
export async function readDeploymentDetails(
  arm: Arm,
  path: DeploymentPath,
): Promise<DeploymentDetails | undefined> {
  const told = await findToldDeployment(arm, path);
  if (!told) return undefined;
  const { deployment, inputs, outputs } = told;
  const operations = await unlessMissing(() => listOperations(arm, deployment.id));
  const state = stateOf(deployment);
  const failed = state === 'Failed' || state === 'Canceled';
  return {
    deployment: {
      state,
      ...factsOf(deployment),
      ...(failed && deployment.error ? { error: deployment.error } : {}),
    },
    rows: rowsOf(deployment, operations ?? []),
    inputs: inputs.map(valueOf),
    outputs: outputs.map(valueOf),
  };
}

/** ARM keeps secure values to itself; a cloud that did not gets them no further. */
function valueOf({ name, type, value }: ToldValue): DeploymentValue {
  const isSecure = type !== undefined && /^secure/i.test(type);
  const isWithheld = isSecure || value === undefined;
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(isWithheld ? {} : { value: withoutSecrets(value) }),
    isWithheld,
  };
}

const stateOf = ({ state }: Deployment): DeploymentState =>
  state.toLowerCase() === 'accepted' ? 'Accepted' : rowState(state);
