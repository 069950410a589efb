import { clusterExportSchema, templateFilesSchema, templateRequestSchema } from '@slipway/contract';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import { filesOfCluster, filesOfSpec } from './cluster-files.ts';

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
}
