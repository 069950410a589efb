import {
  type DeploymentPath,
  acceptedSchema,
  deploymentDetailsSchema,
  deploymentHistorySchema,
  deploymentStateSchema,
  deploymentTemplateSchema,
  longestHistory,
} from '@slipway/contract';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import type { Arm } from '../arm/arm.ts';
import { exportDeploymentTemplate, submitDeploymentDelete } from '../arm/deployment-history.ts';
import { cancelDeployment } from '../arm/deployments.ts';
import { SharedReads } from '../concurrency.ts';
import { readDeploymentDetails, readHistory } from './read-history.ts';
import { withoutTemplateSecrets } from './template-secrets.ts';
import { groupAddress, groupParams } from '../groups/group-params.ts';

const deploymentParams = groupParams.extend({
  deployment: z
    .string()
    .max(64)
    .regex(/^[-\w.()]+$/, "A deployment's name has letters, digits and '-', '.', '_', '(' and ')'.")
    // The clients of ARM would take it for a step in the path, and ask for something else.
    .refine((name) => !/^\.\.?$/.test(name), "A deployment's name cannot be '.' or '..'."),
});
const historyQuery = z.object({
  state: deploymentStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(longestHistory).default(100),
});
const history = `${groupAddress}/deployments`;
const tags = ['Deployments'];

/** The deployments of a resource group, whoever made them: listed, read, canceled, deleted from the history. */
export function addHistoryRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  const details = new SharedReads<Awaited<ReturnType<typeof readDeploymentDetails>>>(0);

  app.get(
    history,
    {
      schema: {
        tags,
        summary: 'The newest deployments of a group, the newest first',
        params: groupParams,
        querystring: historyQuery,
        response: withErrors({ 200: deploymentHistorySchema }),
      },
    },
    async ({ params, query }) => {
      const found = await readHistory(arm, params, query);
      if (!found)
        throw new ApiError(
          'NotFound',
          `There is no resource group ${params.resourceGroup} in this subscription.`,
        );
      return found;
    },
  );

  app.get(
    `${history}/:deployment`,
    {
      schema: {
        tags,
        summary: 'A deployment with every resource, its inputs and outputs',
        params: deploymentParams,
        response: withErrors({ 200: deploymentDetailsSchema }),
      },
    },
    async ({ params }) => {
      const key = Object.values(params).join('/').toLowerCase();
      const found = await details.read(key, () => readDeploymentDetails(arm, params));
      if (!found) throw deploymentNotFound(params);
      return found;
    },
  );

  app.get(
    `${history}/:deployment/template`,
    {
      schema: {
        tags,
        summary: 'The template of a deployment, without secrets that were written into it',
        params: deploymentParams,
        response: withErrors({ 200: deploymentTemplateSchema }),
      },
    },
    async ({ params }) => {
      const found = await exportDeploymentTemplate(arm, params);
      if (!found) throw deploymentNotFound(params);
      if (!found.template)
        throw new ApiError(
          'NotFound',
          'The template is kept at another address and cannot be read from here.',
        );
      return withoutTemplateSecrets(found.template);
    },
  );

  app.post(
    `${history}/:deployment/cancel`,
    {
      schema: {
        tags,
        summary: 'Cancel a running deployment of a group',
        params: deploymentParams,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async ({ params }, reply) => {
      const found = await readDeploymentDetails(arm, params);
      if (found?.deployment.id === undefined) throw deploymentNotFound(params);
      await refusedAs('DeploymentNotRunning', 'It does not run any more.', () =>
        cancelDeployment(arm, found.deployment.id ?? ''),
      );
      return reply.code(202).send({ accepted: true });
    },
  );

  app.delete(
    `${history}/:deployment`,
    {
      schema: {
        tags,
        summary: 'Delete a deployment from the history; what it deployed stays',
        params: deploymentParams,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async ({ params }, reply) => {
      await refusedAs('DeploymentRunning', 'A deployment that runs cannot be deleted from the history.', () =>
        submitDeploymentDelete(arm, params),
      );
      return reply.code(202).send({ accepted: true });
    },
  );
}

/** ARM's refusal because of the deployment's state, in the portal's words; a lock that is in the way says so itself. */
async function refusedAs(
  code: 'DeploymentRunning' | 'DeploymentNotRunning',
  message: string,
  call: () => Promise<void>,
): Promise<void> {
  try {
    await call();
  } catch (thrown) {
    const failure = armFailureOf(thrown);
    if (failure?.status !== 409 || !failure.body.code.startsWith('Deployment')) throw thrown;
    throw new ApiError(code, message, { arm: failure.body });
  }
}

const deploymentNotFound = ({ deployment, resourceGroup }: DeploymentPath): ApiError =>
  new ApiError('NotFound', `There is no deployment ${deployment} in the history of ${resourceGroup}.`);
