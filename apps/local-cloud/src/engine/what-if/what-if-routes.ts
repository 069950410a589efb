import { ArmError } from '../../arm-error.ts';
import type { ArmAnswer, ArmCall, ArmRoute } from '../../front/arm-call.ts';
import type { Pace } from '../../machines/pace.ts';
import { bodyObject, inSubscription, param } from '../../resources/call-reading.ts';
import { answerResult, operationHeaders, operationNotFound } from '../../resources/long-operations.ts';
import { readWhatIfRequest } from './what-if-request.ts';
import type { WhatIfs } from './what-ifs.ts';

/** What-if of deployments at resource-group and subscription scope, a long operation as Azure's. */
export function whatIfRoutes(whatIfs: WhatIfs, pace: Pace): ArmRoute[] {
  const ask = (call: ArmCall): ArmAnswer => {
    const request = readWhatIfRequest(bodyObject(call));
    const { resourceGroup } = call.params;
    if (resourceGroup === undefined && request.location === undefined)
      throw new ArmError(400, 'LocationRequired', 'The location property is required for this definition.');
    const place = {
      subscriptionId: param(call, 'subscriptionId'),
      ...(resourceGroup === undefined ? {} : { resourceGroup }),
      name: param(call, 'name'),
    };
    const id = whatIfs.ask(place, request, call.correlationId);
    const group = resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`;
    const result = `/subscriptions/${place.subscriptionId}${group}/providers/Microsoft.Resources/deployments/${place.name}/whatIfResults/${id}`;
    return { status: 202, headers: operationHeaders(call, pace, { result }) };
  };

  const answer = (call: ArmCall): ArmAnswer => {
    const id = param(call, 'operationId');
    const found = whatIfs.find(id);
    if (!found) throw operationNotFound(id);
    const status = found.answer === undefined ? 'Running' : 'Succeeded';
    return answerResult({ id, status, startedAt: found.startedAt }, call, pace, found.answer);
  };

  return inSubscription(
    ['', '/resourcegroups/{resourceGroup}'].flatMap((scope): ArmRoute[] => {
      const one = `/subscriptions/{subscriptionId}${scope}/providers/Microsoft.Resources/deployments/{name}`;
      return [
        { path: `${one}/whatIf`, methods: { POST: ask } },
        { path: `${one}/whatIfResults/{operationId}`, methods: { GET: answer } },
      ];
    }),
  );
}
