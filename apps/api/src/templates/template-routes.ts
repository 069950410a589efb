import {
  type ArmErrorBody,
  type GroupExport,
  clusterExportSchema,
  groupExportSchema,
  templateFilesSchema,
  templateRequestSchema,
} from '@slipway/contract';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { withMoreTime } from '../arm/correlation.ts';
import { exportGroup } from '../arm/resource-groups.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import { untilLeft } from '../until-left.ts';
import { filesOfCluster, filesOfSpec } from './cluster-files.ts';
import { withoutLiteralSecrets } from './literal-secrets.ts';
import { groupAddress, groupParams } from '../groups/group-params.ts';

/** ARM reads every resource of the group for it, and a person waits. */
const timesLonger = 1.75;

/** Templates and parameters to take along: of a cluster that could be made, and of one that is there. */
export function addTemplateRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  app.post(
    '/api/clusters/template',
    {
      schema: {
        tags: ['Clusters'],
        summary: 'The template and the parameters that a creation would submit for a spec',
        body: templateRequestSchema,
        response: withErrors({ 200: templateFilesSchema }),
      },
    },
    (request) => filesOfSpec(arm, request.body.spec),
  );

  app.get(
    `${clusterAddress}/export`,
    {
      schema: {
        tags: ['Clusters'],
        summary: "The template and the parameters that a cluster's stack holds, without secrets",
        params: clusterParams,
        response: withErrors({ 200: clusterExportSchema }),
      },
    },
    (request) => filesOfCluster(arm, request.params),
  );

  app.post(
    `${groupAddress}/export`,
    {
      schema: {
        tags: ['Resources'],
        summary: 'A resource group as it is now, as a template, without secrets; nothing is changed',
        params: groupParams,
        response: withErrors({ 200: groupExportSchema }),
      },
    },
    (request, reply) => {
      const left = untilLeft(reply);
      return withMoreTime(timesLonger, async () => {
        const { subscriptionId, resourceGroup } = request.params;
        const { template, error } = await exportGroup(arm, subscriptionId, resourceGroup, left);
        return { ...withoutLiteralSecrets(template), problems: problemsOf(error) };
      });
    },
  );
}

/** The error as a whole says only that it has details. */
function problemsOf(error: ArmErrorBody | undefined): GroupExport['problems'] {
  if (!error) return [];
  const told = error.details?.length ? error.details : [error];
  return told.map(({ code, message, target }) => ({
    code,
    message,
    ...(target === undefined ? {} : { target }),
  }));
}
