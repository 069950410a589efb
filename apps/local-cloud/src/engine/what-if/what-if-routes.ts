import type { ArmAnswer, ArmCall, ArmRoute } from '../../front/arm-call.ts';
import type { Pace } from '../../machines/pace.ts';
import { bodyObject, inSubscription, param } from '../../resources/call-reading.ts';
import { answerResult, operationHeaders, operationNotFound } from '../../resources/long-operations.ts';
import { deploymentId } from '../deployment-place.ts';
import { placeOfCall, requireLocation } from '../deployment-routes.ts';
import { readWhatIfRequest } from './what-if-request.ts';
import type { WhatIfs } from './what-ifs.ts';

/** What-if of the deployments of all scopes, a long operation as Azure's. */
export function whatIfRoutes(whatIfs: WhatIfs, pace: Pace): ArmRoute[] {
  const ask = (call: ArmCall): ArmAnswer => {
    const request = readWhatIfRequest(bodyObject(call));
    requireLocation(call, request);
    const place = placeOfCall(call);
    const id = whatIfs.ask(place, request, call.correlationId);
    const result = `${deploymentId(place)}/whatIfResults/${id}`;
    return { status: 202, headers: operationHeaders(call, pace, { result }) };
  };

  const answer = (call: ArmCall): ArmAnswer => {
    const id = param(call, 'operationId');
    const found = whatIfs.find(id);
    if (!found) throw operationNotFound(id);
    const status = found.answer === undefined ? 'Running' : 'Succeeded';
    return answerResult({ id, status, startedAt: found.startedAt }, call, pace, found.answer);
  };

  const routesIn = (scope: string): ArmRoute[] => {
    const one = `${scope}/providers/Microsoft.Resources/deployments/{name}`;
    return [
      { path: `${one}/whatIf`, methods: { POST: ask } },
      { path: `${one}/whatIfResults/{operationId}`, methods: { GET: answer } },
    ];
  };
  const subscription = '/subscriptions/{subscriptionId}';
  return [
    ...['', '/providers/Microsoft.Management/managementGroups/{managementGroup}'].flatMap(routesIn),
    ...inSubscription([subscription, `${subscription}/resourcegroups/{resourceGroup}`].flatMap(routesIn)),
  ];
}
