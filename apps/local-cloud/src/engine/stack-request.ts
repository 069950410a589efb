import type { JsonObject } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';
import { isJsonObject } from '../json-text.ts';
import type { Stack } from '../store/documents.ts';
import { readDeploymentRequest, type ReadDeploymentRequest } from './deployment-request.ts';
import { managedKinds, type UnmanageActions } from './managed-resources.ts';

const longestStackName = 90;
/** Of what is left out of deny settings. Source: the deployment stacks' `DenySettings`. */
const mostPrincipals = 5;
const mostActions = 200;
const unmanageSchema = z.enum(['delete', 'detach']);

const propertiesSchema = z.object({
  description: z.string().max(4096).nullish(),
  deploymentScope: z.string().nullish(),
  actionOnUnmanage: z.object({
    resources: unmanageSchema,
    resourceGroups: unmanageSchema.nullish(),
    managementGroups: unmanageSchema.nullish(),
  }),
  denySettings: z.object({
    mode: z.enum(['none', 'denyDelete', 'denyWriteAndDelete']),
    excludedPrincipals: z.array(z.string()).max(mostPrincipals).nullish(),
    excludedActions: z.array(z.string()).max(mostActions).nullish(),
    applyToChildScopes: z.boolean().nullish(),
  }),
});

export interface StackRequest {
  deployment: ReadDeploymentRequest;
  description?: string;
  /** Id of a subscription, group or management group, no trailing slash. */
  deploymentScope?: string;
  actionOnUnmanage: Stack['actionOnUnmanage'];
  denySettings: JsonObject;
}

/** Refuses names that a stack cannot have. */
export function checkStackName(name: string): void {
  if (/^[-\w.()]+$/.test(name) && name.length <= longestStackName) return;
  throw new ArmError(
    400,
    'DeploymentStackNameInvalid',
    `The deployment stack name '${name.slice(0, 100)}' is not valid: it must have 1 to ${longestStackName} letters, digits, '-', '_', '.', '(' or ')'.`,
  );
}

/** Azure's refusal of a stack that contradicts itself. */
export const invalidDefinition = (message: string): ArmError =>
  new ArmError(400, 'DeploymentStackInvalidDeploymentStackDefinition', message);

/** Reads the body of a stack's PUT or validate. */
export function readStackRequest(body: JsonObject): StackRequest {
  const parsed = propertiesSchema.safeParse(body.properties);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ArmError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: 'properties.${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}'.`,
    );
  }
  const { description, deploymentScope, actionOnUnmanage: action, denySettings } = parsed.data;
  if (action.resources === 'detach' && action.resourceGroups === 'delete')
    throw invalidDefinition(
      "Deployment stack definition is invalid - ActionOnUnmanage is not correctly defined. Cannot set Resources to 'Detach' and Resource Groups to 'Delete'.",
    );
  return {
    deployment: readDeploymentRequest({
      ...body,
      properties: { ...(isJsonObject(body.properties) ? body.properties : {}), mode: 'Incremental' },
    }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof deploymentScope === 'string' ? { deploymentScope: deploymentScope.replace(/\/$/, '') } : {}),
    actionOnUnmanage: {
      resources: action.resources,
      resourceGroups: action.resourceGroups ?? 'detach',
      managementGroups: action.managementGroups ?? 'detach',
    },
    denySettings: {
      mode: denySettings.mode,
      excludedPrincipals: denySettings.excludedPrincipals ?? [],
      excludedActions: denySettings.excludedActions ?? [],
      applyToChildScopes: denySettings.applyToChildScopes ?? false,
    },
  };
}

/** What a DELETE says of what is managed, by kind: `unmanageAction.Resources` and its like; `detach` where it says nothing. */
export function readUnmanageActions(query: URLSearchParams): UnmanageActions {
  const sent = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const [resources = 'detach', resourceGroups = 'detach', managementGroups = 'detach'] = managedKinds.map(
    (kind) => readUnmanageAction(kind, sent.get(`unmanageaction.${kind.toLowerCase()}`)),
  );
  return { resources, resourceGroups, managementGroups };
}

function readUnmanageAction(kind: string, sent = 'detach'): 'delete' | 'detach' {
  const parsed = unmanageSchema.safeParse(sent.toLowerCase());
  if (parsed.success) return parsed.data;
  throw new ArmError(
    400,
    'InvalidUnmanageAction',
    `The query parameter unmanageAction.${kind.charAt(0).toUpperCase()}${kind.slice(1)} must be 'delete' or 'detach', not '${sent.slice(0, 40)}'.`,
  );
}
