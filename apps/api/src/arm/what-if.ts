import type { DeploymentWhatIf } from '@azure/arm-resourcesdeployments';
import type { ArmErrorBody } from '@slipway/contract';
import { z } from 'zod';
import { toArmError } from './arm-error.ts';
import { armCall, armFailureOf } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { looseText, readItems } from './loose-reading.ts';

/** A deployment that is asked about. */
export interface WhatIfQuestion {
  subscriptionId: string;
  /** Absent for a deployment at subscription level. */
  resourceGroup: string | undefined;
  name: string;
  /** Of a deployment at subscription level. */
  location: string;
  template: Record<string, unknown>;
  parameters: Record<string, { value: unknown }>;
}

/** What ARM foresees of one property ([SDK] WhatIfPropertyChange). */
export interface ArmPropertyChange {
  path: string;
  /** `Create`, `Delete`, `Modify`, `Array` or `NoEffect`. */
  kind: string;
  before: unknown;
  after: unknown;
  children: readonly ArmPropertyChange[];
}

/** What ARM foresees of one resource ([SDK] WhatIfChange). */
export interface ArmChange {
  id: string;
  /** `Create`, `Modify`, `NoChange`, … */
  kind: string;
  reason: string | undefined;
  before: Record<string, unknown> | undefined;
  after: Record<string, unknown> | undefined;
  delta: readonly ArmPropertyChange[];
}

/** ARM's answer: what it foresees, or why it would refuse the deployment. */
export type ArmWhatIf =
  | { changes: readonly ArmChange[]; notes: readonly { code: string; message: string; target?: string }[] }
  | { refused: ArmErrorBody };

const payload = z.record(z.string(), z.unknown()).optional().catch(undefined);

const propertyChangeSchema: z.ZodType<ArmPropertyChange> = z.lazy(() =>
  z
    .object({
      path: z.string(),
      propertyChangeType: z.string(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
      children: z.array(z.unknown()).nullish(),
    })
    .transform(({ path, propertyChangeType: kind, before, after, children }) => ({
      path,
      kind,
      before: before ?? undefined,
      after: after ?? undefined,
      children: readItems(propertyChangeSchema, children ?? []),
    })),
);

const changeSchema = z
  .object({
    resourceId: z.string().min(1),
    changeType: z.string(),
    unsupportedReason: looseText,
    before: payload,
    after: payload,
    delta: z.array(z.unknown()).nullish().catch(undefined),
  })
  .transform(({ resourceId, changeType, unsupportedReason, before, after, delta }): ArmChange => ({
    id: resourceId,
    kind: changeType,
    reason: unsupportedReason,
    before,
    after,
    delta: readItems(propertyChangeSchema, delta ?? []),
  }));

const noteSchema = z
  .object({ code: z.string(), message: z.string(), target: looseText })
  .transform(({ code, message, target }) => ({
    code,
    message,
    ...(target === undefined ? {} : { target }),
  }));

/** With these ARM refuses the deployment that is asked about, when it does so before it has thought about it. */
const refusals = new Set([400, 409, 413]);

/**
 * Asks ARM what a deployment would do. Nothing is done, so the question is repeated like a read. `signal` ends the wait for
 * the answer.
 *
 * @throws ApiError what ARM answered to the question itself; a deployment that ARM would refuse is an answer
 */
export async function askWhatIf(arm: Arm, question: WhatIfQuestion, signal: AbortSignal): Promise<ArmWhatIf> {
  try {
    return await ask(arm, question, signal);
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    const failure = armFailureOf(thrown);
    if (failure && refusals.has(failure.status)) return { refused: failure.body };
    throw thrown;
  }
}

async function ask(arm: Arm, question: WhatIfQuestion, signal: AbortSignal): Promise<ArmWhatIf> {
  const { subscriptionId, resourceGroup, name, location, template, parameters } = question;
  const properties: DeploymentWhatIf['properties'] = {
    mode: 'Incremental',
    template,
    parameters,
    whatIfSettings: { resultFormat: 'FullResourcePayloads' },
  };
  const options = { updateIntervalInMs: 300, abortSignal: signal };
  return armCall(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    const result =
      resourceGroup === undefined
        ? await deployments.deployments.whatIfAtSubscriptionScope(name, { location, properties }, options)
        : await deployments.deployments.whatIf(resourceGroup, name, { properties }, options);
    const refused = toArmError(result.error);
    if (refused) return { refused };
    return {
      changes: readItems(changeSchema, result.changes ?? []),
      notes: readItems(noteSchema, result.diagnostics ?? []),
    };
  });
}
