import { templateHash, type JsonObject } from '@slipway/arm-template';
import { causeOfCall } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import { writeJson } from '../json-text.ts';
import type { Pace } from '../machines/pace.ts';
import { containerId } from '../resource-id.ts';
import { bodyObject, inSubscription, param } from '../resources/call-reading.ts';
import type { Deletions } from '../resources/deletions.ts';
import { parseFilter } from '../resources/list-filter.ts';
import { answerStatus, operationHeaders, operationNotFound } from '../resources/long-operations.ts';
import { page } from '../resources/paging.ts';
import type { Deployment, DeploymentOperation } from '../store/documents.ts';
import { describeDeployment, describeOperation } from './deployment-description.ts';
import { historyKey } from './deployment-history.ts';
import { readDeploymentRequest, type ReadDeploymentRequest } from './deployment-request.ts';
import type { Deployments } from './deployments.ts';
import type { DeploymentPlace } from './deployment-place.ts';

const operationsPerPage = 1000;

/** Paths of what deployments are made in. */
export const scopePaths = {
  tenant: '',
  managementGroup: '/providers/Microsoft.Management/managementGroups/{managementGroup}',
  subscription: '/subscriptions/{subscriptionId}',
  group: '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}',
} as const;

/** Deployments of resource groups, subscriptions, management groups and the tenant, and hashes of templates. */
export function deploymentRoutes(parts: {
  deployments: Deployments;
  deletions: Deletions;
  pace: Pace;
}): ArmRoute[] {
  const api = new DeploymentApi(parts);
  const routesIn = (scope: string): ArmRoute[] => {
    const collection = `${scope}/providers/Microsoft.Resources/deployments`;
    const one = `${collection}/{name}`;
    return [
      { path: collection, methods: { GET: (call) => api.list(call) } },
      {
        path: one,
        methods: {
          GET: (call) => ok(describeDeployment(api.find(call))),
          HEAD: (call) => api.exists(call),
          PUT: (call) => api.put(call),
          DELETE: (call) => api.remove(call),
        },
      },
      { path: `${one}/validate`, methods: { POST: (call) => api.validate(call) } },
      { path: `${one}/cancel`, methods: { POST: (call) => api.cancel(call) } },
      { path: `${one}/exportTemplate`, methods: { POST: (call) => api.exportTemplate(call) } },
      { path: `${one}/operationStatuses/{operationId}`, methods: { GET: (call) => api.status(call) } },
      // Clients ask for operations without the provider's name; both forms are known.
      ...[one, `${scope}/deployments/{name}`].flatMap((deployment): ArmRoute[] => [
        { path: `${deployment}/operations`, methods: { GET: (call) => api.operations(call) } },
        { path: `${deployment}/operations/{operationId}`, methods: { GET: (call) => api.operation(call) } },
      ]),
    ];
  };
  return [
    {
      path: '/providers/Microsoft.Resources/calculateTemplateHash',
      methods: { POST: calculateTemplateHash },
    },
    ...[scopePaths.tenant, scopePaths.managementGroup].flatMap(routesIn),
    ...inSubscription([scopePaths.subscription, scopePaths.group].flatMap(routesIn)),
  ];
}

/** Source: the Resources API, `Deployments_CalculateTemplateHash`. */
function calculateTemplateHash(call: ArmCall): ArmAnswer {
  const template = bodyObject(call);
  return ok({ minifiedTemplate: writeJson(template), templateHash: templateHash(template) });
}

/** Where the deployment is, or is to be, that a call's path names. */
export function placeOfCall({ params }: ArmCall): DeploymentPlace {
  const { subscriptionId = '', resourceGroup, managementGroup: named, name = '' } = params;
  return {
    subscriptionId,
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    ...(named === undefined ? {} : { managementGroup: named }),
    name,
  };
}

/** Refuses what is to be in no group and says no location. */
export function requireLocation(call: ArmCall, { location }: { location?: string }): void {
  if (call.params.resourceGroup === undefined && location === undefined)
    throw new ArmError(400, 'LocationRequired', 'The location property is required for this definition.');
}

function requestOfCall(call: ArmCall): ReadDeploymentRequest {
  const request = readDeploymentRequest(bodyObject(call));
  requireLocation(call, request);
  if (request.mode === 'Complete' && call.params.resourceGroup === undefined)
    throw new ArmError(
      400,
      'InvalidDeploymentMode',
      "The mode 'Complete' is for resource groups only: a deployment of another scope must be 'Incremental'.",
    );
  return request;
}

class DeploymentApi {
  readonly #deployments: Deployments;
  readonly #deletions: Deletions;
  readonly #pace: Pace;

  constructor(parts: { deployments: Deployments; deletions: Deletions; pace: Pace }) {
    this.#deployments = parts.deployments;
    this.#deletions = parts.deletions;
    this.#pace = parts.pace;
  }

  find(call: ArmCall): Deployment {
    return this.#deployments.require(placeOfCall(call));
  }

  list(call: ArmCall): ArmAnswer {
    const test = parseFilter(call.url.searchParams.get('$filter') ?? undefined, [
      'provisioningstate',
      'name',
    ]);
    const found = this.#deployments
      .list(placeOfCall(call))
      .filter(({ name, state, tags }) =>
        test({ fields: { name, provisioningstate: state }, tags: tags ?? {} }),
      );
    return ok(page(found, historyKey, describeDeployment, { url: call.url }));
  }

  exists(call: ArmCall): ArmAnswer {
    try {
      this.find(call);
      return { status: 204 };
    } catch (error) {
      if (error instanceof ArmError && error.status === 404) return { status: 404 };
      throw error;
    }
  }

  /** Throws ResourceGroupNotFound. */
  #findOrNone(call: ArmCall): Deployment | undefined {
    try {
      return this.find(call);
    } catch (error) {
      if (error instanceof ArmError && error.code === 'DeploymentNotFound') return undefined;
      throw error;
    }
  }

  put(call: ArmCall): ArmAnswer {
    const { deployment, isNew } = this.#deployments.create(
      placeOfCall(call),
      requestOfCall(call),
      causeOfCall(call),
    );
    const status = `${deployment.id}/operationStatuses/${deployment.operationStatusId}`;
    return {
      status: isNew ? 201 : 200,
      body: describeDeployment(deployment),
      headers: operationHeaders(call, this.#pace, { status }),
    };
  }

  validate(call: ArmCall): ArmAnswer {
    const deployment = this.#deployments.validate(placeOfCall(call), requestOfCall(call), call.correlationId);
    return ok(describeDeployment(deployment));
  }

  cancel(call: ArmCall): ArmAnswer {
    this.#deployments.cancel(this.find(call).id);
    return { status: 204 };
  }

  remove(call: ArmCall): ArmAnswer {
    const deployment = this.#findOrNone(call);
    // As with Azure: what is not there need not be deleted.
    if (!deployment) return { status: 204 };
    this.#deployments.remove(deployment);
    const deletion = this.#deletions.start({
      purpose: 'deployment',
      ownerId: deployment.id,
      subscriptionId: deployment.subscriptionId,
      resourceIds: [],
      cause: causeOfCall(call),
    });
    const result = `${containerId(deployment.subscriptionId, undefined)}/operationresults/${deletion.id}`;
    return { status: 202, headers: operationHeaders(call, this.#pace, { result }) };
  }

  exportTemplate(call: ArmCall): ArmAnswer {
    return ok({ template: this.#deployments.exportedTemplate(this.find(call)) });
  }

  status(call: ArmCall): ArmAnswer {
    const deployment = this.find(call);
    if (deployment.operationStatusId !== param(call, 'operationId'))
      throw operationNotFound(param(call, 'operationId'));
    return answerStatus(
      { ...deployment, id: deployment.operationStatusId, status: deployment.state },
      call,
      this.#pace,
    );
  }

  operations(call: ArmCall): ArmAnswer {
    const operations = this.#deployments.operations(this.find(call));
    return ok(
      page(operations, (operation) => operation.operationId, describeOperation, {
        url: call.url,
        defaultTop: operationsPerPage,
      }),
    );
  }

  operation(call: ArmCall): ArmAnswer {
    const id = param(call, 'operationId');
    const found = this.#deployments
      .operations(this.find(call))
      .find((operation: DeploymentOperation) => operation.operationId === id.toUpperCase());
    if (!found)
      throw new ArmError(
        404,
        'DeploymentOperationNotFound',
        `Deployment operation '${id.slice(0, 80)}' could not be found.`,
      );
    return ok(describeOperation(found) satisfies JsonObject);
  }
}
