import { type WhatIf, type WhatIfOutcome, type WhatIfResource } from '@slipway/contract';
import { compareMoments } from '@slipway/topology';
import { namedResource } from '../arm/deployments.ts';
import { withoutSecrets } from '../arm/secret-members.ts';
import type { ArmChange, ArmWhatIf } from '../arm/what-if.ts';
import { foreseenProperties } from './foreseen-properties.ts';
import { asResource, settledPayload } from './settled-resources.ts';
import { summaryOf } from './summary.ts';

/** ARM deploys at most 800 resources; a group holds more, of which nobody reads all. */
const mostResources = 2_000;

/** ARM's answer to a what-if in the portal's words, beside ARM's own. */
export function describeWhatIf(
  { changes, notes }: Exclude<ArmWhatIf, { refused: unknown }>,
  serviceName: string,
): WhatIf {
  const resources = changes.slice(0, mostResources).map(toResource);
  const pieces = piecesOf(resources, serviceName);
  const cut = changes.length - resources.length;
  return {
    summary: summaryOf(pieces, resources),
    pieces,
    counts: countsOf(resources),
    resources,
    notes: [
      ...notes,
      ...(cut > 0
        ? [{ code: 'TooManyResources', message: `${cut} more resources are not listed here.` }]
        : []),
    ],
  };
}

function toResource({ id, kind, reason, before, after, delta }: ArmChange): WhatIfResource {
  const { type, name } = identityOf(id, after ?? before);
  const properties = foreseenProperties(delta);
  return {
    id,
    type,
    name,
    outcome: outcomeOf(kind, properties),
    armChange: kind,
    ...(reason === undefined ? {} : { reason }),
    properties,
    ...(before === undefined ? {} : { before: shown(before) }),
    ...(after === undefined ? {} : { after: shown(after) }),
  };
}

/** A resource group's id names no provider. */
function identityOf(
  id: string,
  payload: Record<string, unknown> | undefined,
): { type: string; name: string } {
  if (/\/providers\//i.test(id)) return namedResource(id);
  const type = payload?.['type'];
  return {
    type: typeof type === 'string' ? type : 'Microsoft.Resources/resourceGroups',
    name: id.split('/').at(-1) ?? id,
  };
}

const shown = (payload: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(Object(withoutSecrets(payload))));

const outcomes: Readonly<Record<string, WhatIfOutcome>> = {
  create: 'added',
  delete: 'removed',
  modify: 'changed',
  nochange: 'unchanged',
  ignore: 'untouched',
};

function outcomeOf(kind: string, properties: WhatIfResource['properties']): WhatIfOutcome {
  const outcome = outcomes[kind.toLowerCase()] ?? 'unknown';
  const isDoubtful = properties.every(({ doubt }) => doubt !== undefined);
  return outcome === 'changed' && isDoubtful ? 'uncertain' : outcome;
}

function countsOf(resources: readonly WhatIfResource[]): WhatIf['counts'] {
  const counts: WhatIf['counts'] = {
    added: 0,
    changed: 0,
    uncertain: 0,
    removed: 0,
    unchanged: 0,
    untouched: 0,
    unknown: 0,
  };
  for (const { outcome } of resources) counts[outcome] += 1;
  return counts;
}

/** What is certain, as the topology's pieces: rules and subnets are pieces of their own, and ids are names. */
function piecesOf(resources: readonly WhatIfResource[], serviceName: string): WhatIf['pieces'] {
  const foreseen = resources.filter(({ outcome }) => outcome !== 'untouched' && outcome !== 'unknown');
  const moment = (payloads: readonly (WhatIfResource['before'] | undefined)[]) => ({
    title: serviceName,
    takenAt: '',
    resources: payloads.flatMap((payload) => asResource(payload) ?? []),
    serviceName,
  });
  const { pieces } = compareMoments(
    moment(foreseen.map(({ before }) => before)),
    moment(foreseen.map(settledAfter)),
  );
  return pieces.map(({ id, kind, title, change, details }) => ({ id, kind, title, change, details }));
}

function settledAfter({ outcome, before, after }: WhatIfResource): WhatIfResource['after'] {
  if (outcome === 'removed') return undefined;
  if (outcome === 'uncertain' || outcome === 'unchanged') return before;
  return after && settledPayload(before, after);
}
