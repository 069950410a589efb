import type { JsonObject } from '@slipway/arm-template';
import { tenantId } from '../../resources/places.ts';
import { isJsonObject, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { guidFor } from './derived-ids.ts';
import { filledPattern } from './filled-pattern.ts';
import { withPartIds } from './network-parts.ts';
import { serviceComputations } from './service-computations.ts';
import { serviceProperties } from './service-properties.ts';

/**
 * The properties of a resource without a provider as GET shows them: what was sent, with names, GUIDs and addresses under the cloud's own
 * suffix, always the same ones for one resource. What is sent wins where Azure would take it.
 */
export function computedProperties(record: ResourceRecord, view: CloudView): JsonObject {
  const domain = view.dnsSuffix.replace(/^[^.]+\./, '');
  const type = record.type.toLowerCase();
  const properties = { ...record.properties, ...withPartIds(record, view) };
  const pattern = serviceProperties[type];
  return {
    ...(pattern === undefined ? properties : filledPattern(pattern, properties, record, domain)),
    ...serviceComputations[type]?.(record, domain, view),
  };
}

/** The identities of a resource with the ids that Azure gives them; other resources as they are. */
export function withIdentities(envelope: JsonObject, id: string): JsonObject {
  const identity = envelope['identity'];
  if (!isJsonObject(identity)) return envelope;
  const types = (textAt(identity, 'type') ?? '').toLowerCase();
  const assigned = identity['userAssignedIdentities'];
  return {
    ...envelope,
    identity: {
      ...identity,
      ...(types.includes('systemassigned') ? { principalId: guidFor(id, 'system identity'), tenantId } : {}),
      ...(isJsonObject(assigned)
        ? {
            userAssignedIdentities: Object.fromEntries(
              Object.keys(assigned).map((identityId) => [
                identityId,
                {
                  principalId: guidFor(identityId, 'principal'),
                  clientId: guidFor(identityId, 'client'),
                },
              ]),
            ),
          }
        : {}),
    },
  };
}
