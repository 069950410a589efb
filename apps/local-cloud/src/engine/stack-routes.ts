import { causeOfCall } from '../activity/cause.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import type { Pace } from '../machines/pace.ts';
import { bodyObject, inSubscription, param } from '../resources/call-reading.ts';
import { answerStatus, operationHeaders, operationNotFound } from '../resources/long-operations.ts';
import { page } from '../resources/paging.ts';
import { describeStack } from './stack-description.ts';
import { checkStackName, readStackRequest, readUnmanageAction } from './stack-request.ts';
import type { Stacks } from './stacks.ts';

const place = (call: ArmCall) => ({
  subscriptionId: param(call, 'subscriptionId'),
  resourceGroup: param(call, 'resourceGroup'),
  name: param(call, 'name'),
});

/** Deployment stacks at resource-group scope. */
export function stackRoutes(stacks: Stacks, pace: Pace): ArmRoute[] {
  const put = (call: ArmCall): ArmAnswer => {
    checkStackName(param(call, 'name'));
    const { stack, isNew } = stacks.put(place(call), readStackRequest(bodyObject(call)), causeOfCall(call));
    return {
      status: isNew ? 201 : 200,
      body: describeStack(stack),
      headers: operationHeaders(call, pace, { status: `${stack.id}/operationStatuses/${stack.operationId}` }),
    };
  };

  const remove = (call: ArmCall): ArmAnswer => {
    const action = readUnmanageAction(call.url.searchParams);
    const deletion = stacks.remove(stacks.require(place(call)), action, causeOfCall(call));
    const result = `/subscriptions/${deletion.subscriptionId}/operationresults/${deletion.id}`;
    return { status: 202, headers: operationHeaders(call, pace, { result }) };
  };

  const validate = (call: ArmCall): ArmAnswer => {
    checkStackName(param(call, 'name'));
    const request = readStackRequest(bodyObject(call));
    const deployment = stacks.validate(place(call), request, call.correlationId);
    return ok({
      id: call.url.pathname.replace(/\/validate\/?$/i, ''),
      name: param(call, 'name'),
      type: 'Microsoft.Resources/deploymentStacks',
      properties: {
        actionOnUnmanage: { ...request.actionOnUnmanage },
        denySettings: request.denySettings,
        correlationId: call.correlationId,
        parameters: deployment.parameters,
        validatedResources: deployment.validatedResources.map(({ id }) => ({ id })),
      },
    });
  };

  const status = (call: ArmCall): ArmAnswer => {
    const stack = stacks.require(place(call));
    if (stack.operationId !== param(call, 'operationId')) throw operationNotFound(param(call, 'operationId'));
    return answerStatus({ ...stack, id: stack.operationId, status: stack.state }, call, pace);
  };

  const list = (call: ArmCall): ArmAnswer =>
    ok(
      page(
        stacks.list(param(call, 'subscriptionId'), param(call, 'resourceGroup')),
        (stack) => stack.name.toLowerCase(),
        describeStack,
        { url: call.url },
      ),
    );

  const collection =
    '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/providers/Microsoft.Resources/deploymentStacks';
  const one = `${collection}/{name}`;
  return inSubscription([
    { path: collection, methods: { GET: list } },
    {
      path: one,
      methods: {
        GET: (call) => ok(describeStack(stacks.require(place(call)))),
        PUT: put,
        DELETE: remove,
      },
    },
    { path: `${one}/validate`, methods: { POST: validate } },
    {
      path: `${one}/exportTemplate`,
      methods: {
        POST: (call) => ok({ template: stacks.template(stacks.require(place(call)))?.template ?? {} }),
      },
    },
    { path: `${one}/operationStatuses/{operationId}`, methods: { GET: status } },
  ]);
}
