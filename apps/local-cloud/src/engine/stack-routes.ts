import { causeOfCall } from '../activity/cause.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import type { Pace } from '../machines/pace.ts';
import { containerId } from '../resource-id.ts';
import { bodyObject, inSubscription, param } from '../resources/call-reading.ts';
import { answerStatus, operationHeaders, operationNotFound } from '../resources/long-operations.ts';
import { page } from '../resources/paging.ts';
import { placeOfCall, requireLocation, scopePaths } from './deployment-routes.ts';
import { describeStack } from './stack-description.ts';
import { checkStackName, readStackRequest, readUnmanageActions, type StackRequest } from './stack-request.ts';
import type { Stacks } from './stacks.ts';

function requestOfCall(call: ArmCall): StackRequest {
  checkStackName(param(call, 'name'));
  const request = readStackRequest(bodyObject(call));
  requireLocation(call, request.deployment);
  return request;
}

/** Deployment stacks of resource groups, subscriptions and management groups. */
export function stackRoutes(stacks: Stacks, pace: Pace): ArmRoute[] {
  const put = (call: ArmCall): ArmAnswer => {
    const { stack, isNew } = stacks.put(placeOfCall(call), requestOfCall(call), causeOfCall(call));
    return {
      status: isNew ? 201 : 200,
      body: describeStack(stack),
      headers: operationHeaders(call, pace, { status: `${stack.id}/operationStatuses/${stack.operationId}` }),
    };
  };

  const remove = (call: ArmCall): ArmAnswer => {
    const actions = readUnmanageActions(call.url.searchParams);
    const deletion = stacks.remove(stacks.require(placeOfCall(call)), actions, causeOfCall(call));
    const result = `${containerId(deletion.subscriptionId, undefined)}/operationresults/${deletion.id}`;
    return { status: 202, headers: operationHeaders(call, pace, { result }) };
  };

  const validate = (call: ArmCall): ArmAnswer => {
    const request = requestOfCall(call);
    const deployment = stacks.validate(placeOfCall(call), request, call.correlationId);
    return ok({
      id: call.url.pathname.replace(/\/validate\/?$/i, ''),
      name: param(call, 'name'),
      type: 'Microsoft.Resources/deploymentStacks',
      properties: {
        actionOnUnmanage: { ...request.actionOnUnmanage },
        denySettings: request.denySettings,
        ...(request.deploymentScope === undefined ? {} : { deploymentScope: request.deploymentScope }),
        correlationId: call.correlationId,
        parameters: deployment.parameters,
        validatedResources: deployment.validatedResources.map(({ id }) => ({ id })),
      },
    });
  };

  const status = (call: ArmCall): ArmAnswer => {
    const stack = stacks.require(placeOfCall(call));
    if (stack.operationId !== param(call, 'operationId')) throw operationNotFound(param(call, 'operationId'));
    return answerStatus({ ...stack, id: stack.operationId, status: stack.state }, call, pace);
  };

  const list = (call: ArmCall): ArmAnswer =>
    ok(
      page(stacks.list(placeOfCall(call)), (stack) => stack.name.toLowerCase(), describeStack, {
        url: call.url,
      }),
    );

  const routesIn = (scope: string): ArmRoute[] => {
    const collection = `${scope}/providers/Microsoft.Resources/deploymentStacks`;
    const one = `${collection}/{name}`;
    return [
      { path: collection, methods: { GET: list } },
      {
        path: one,
        methods: {
          GET: (call) => ok(describeStack(stacks.require(placeOfCall(call)))),
          PUT: put,
          DELETE: remove,
        },
      },
      { path: `${one}/validate`, methods: { POST: validate } },
      {
        path: `${one}/exportTemplate`,
        methods: {
          POST: (call) =>
            ok({ template: stacks.template(stacks.require(placeOfCall(call)))?.template ?? {} }),
        },
      },
      { path: `${one}/operationStatuses/{operationId}`, methods: { GET: status } },
    ];
  };
  return [
    ...routesIn(scopePaths.managementGroup),
    ...inSubscription([scopePaths.subscription, scopePaths.group].flatMap(routesIn)),
  ];
}
