import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import type { ArmAnswer, ArmCall, ArmRoute } from '../front/arm-call.ts';
import type { Pace } from '../machines/pace.ts';
import type { CloudView } from '../providers/provider.ts';
import { bodyObject, inSubscription, param } from '../resources/call-reading.ts';
import {
  answerResult,
  errorJson,
  operationHeaders,
  operationNotFound,
} from '../resources/long-operations.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import { readExportRequest } from './export-request.ts';
import { templateOfGroup, tooManyResources } from './group-template.ts';

/** So many answers are kept for those who asked; the oldest make room. */
const mostKept = 20;

/** An export on its way, or its answer. */
interface Export {
  startedAt: string;
  answer: JsonObject | undefined;
  isRefused: boolean;
}

/** Export of a resource group as a template, a long operation as Azure's. Nothing of it is stored. */
export function exportRoutes(parts: {
  groups: ResourceGroups;
  view: CloudView;
  directory: ProviderDirectory;
  clock: Clock;
  pace: Pace;
}): ArmRoute[] {
  const { groups, view, clock, pace } = parts;
  const kept = new Map<string, Export>();

  const begin = (call: ArmCall): ArmAnswer => {
    const group = groups.get(param(call, 'subscriptionId'), param(call, 'resourceGroup'));
    const { subscriptionId } = call.params;
    const request = readExportRequest(bodyObject(call));
    const all = view.list({ subscriptionId: param(call, 'subscriptionId'), resourceGroup: group.name });
    const records = all.filter(({ id: each }) => request.ids?.has(each.toLowerCase()) ?? true);
    for (const wanted of request.ids ?? [])
      if (!records.some(({ id: each }) => each.toLowerCase() === wanted))
        throw new ArmError(
          404,
          'ResourceNotFound',
          `The resource '${wanted.slice(0, 400)}' is not in the resource group '${group.name}'.`,
        );
    const id = randomUUID();
    const underway: Export = { startedAt: clock.now().toISOString(), answer: undefined, isRefused: false };
    kept.set(id, underway);
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
    clock.schedule(0, () => {
      const made = templateOfGroup(records, request, parts);
      underway.isRefused = made === undefined;
      underway.answer = made && {
        template: made.template,
        ...(made.error === undefined ? {} : { error: errorJson(made.error) }),
      };
    });
    const result = `/subscriptions/${subscriptionId}/resourceGroups/${group.name}/exportTemplateResults/${id}`;
    return { status: 202, headers: operationHeaders(call, pace, { result }) };
  };

  const answer = (call: ArmCall): ArmAnswer => {
    const id = param(call, 'operationId');
    const found = kept.get(id);
    if (!found) throw operationNotFound(id);
    const { startedAt, isRefused } = found;
    const status = isRefused ? 'Failed' : found.answer === undefined ? 'Running' : 'Succeeded';
    const error = isRefused ? tooManyResources : undefined;
    return answerResult({ id, status, startedAt, error }, call, pace, found.answer);
  };

  const group = '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}';
  return inSubscription([
    { path: `${group}/exportTemplate`, methods: { POST: begin } },
    { path: `${group}/exportTemplateResults/{operationId}`, methods: { GET: answer } },
  ]);
}
