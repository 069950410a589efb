import {
  type WhatIf,
  whatIfChangeRequestSchema,
  whatIfSchema,
  whatIfSpecRequestSchema,
} from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { withMoreTime } from '../arm/correlation.ts';
import { type WhatIfQuestion, askWhatIf } from '../arm/what-if.ts';
import { fieldsOfArmError } from '../clusters/arm-error-fields.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import { untilLeft } from '../until-left.ts';
import { describeWhatIf } from './describe-what-if.ts';
import { questionOfChange, questionOfSpec } from './questions.ts';

/** ARM expands the template and compares every resource, and a person who is about to decide waits for it. */
const timesLonger = 1.75;

/** What would become of a spec, or of a cluster with a change; nothing of it is done. */
export function addWhatIfRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  app.post(
    '/api/clusters/what-if',
    {
      schema: {
        tags: ['Clusters'],
        summary: 'What a spec would build, as ARM foresees it; nothing is done',
        body: whatIfSpecRequestSchema,
        response: withErrors({ 200: whatIfSchema }),
      },
    },
    (request, reply) => {
      const left = untilLeft(reply);
      return withMoreTime(timesLonger, async () => {
        const { spec } = request.body;
        return foresee(arm, await questionOfSpec(arm, spec), spec.basics.serviceName, left);
      });
    },
  );

  app.post(
    `${clusterAddress}/what-if`,
    {
      schema: {
        tags: ['Clusters'],
        summary: 'What a change of a cluster would do, as ARM foresees it; nothing is done',
        params: clusterParams,
        body: whatIfChangeRequestSchema,
        response: withErrors({ 200: whatIfSchema }),
      },
    },
    (request, reply) => {
      const left = untilLeft(reply);
      return withMoreTime(timesLonger, async () => {
        const { cluster, question } = await questionOfChange(arm, request.params, request.body);
        return foresee(arm, question, cluster.name, left);
      });
    },
  );
}

/** Throws `ValidationFailed` where ARM would refuse the deployment. */
async function foresee(
  arm: Arm,
  question: WhatIfQuestion,
  serviceName: string,
  left: AbortSignal,
): Promise<WhatIf> {
  left.throwIfAborted();
  const answer = await askWhatIf(arm, question, left);
  if (!('refused' in answer)) return describeWhatIf(answer, serviceName);
  const { refused } = answer;
  throw new ApiError('ValidationFailed', `Azure Resource Manager would refuse this: ${refused.message}`, {
    fields: fieldsOfArmError(refused),
    arm: refused,
  });
}
