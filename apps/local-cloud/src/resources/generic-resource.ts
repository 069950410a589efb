import type { JsonObject } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import type { PutPlan, PutRequest } from '../providers/provider.ts';
import { readTags } from './resource-body.ts';

const ownMembers = new Set(['location', 'tags', 'properties']);

/** What becomes of a resource whose type nobody here knows more of: it is kept as it was sent. */
export function planGeneric(request: PutRequest): PutPlan {
  const { id, body } = request;
  const tags = readTags(body.tags);
  const envelope: JsonObject = Object.fromEntries(
    Object.entries(body).filter(([member]) => !ownMembers.has(member)),
  );
  const properties = isJsonObject(body.properties) ? body.properties : {};
  const { provisioningState: _state, ...kept } = properties;
  return {
    record: {
      id: id.text,
      type: id.type,
      name: id.names.at(-1) ?? '',
      ...(typeof body.location === 'string' ? { location: body.location } : {}),
      ...(tags === undefined ? {} : { tags }),
      envelope,
      properties: kept,
      secrets: {},
      listed: true,
    },
    work: 'generic',
  };
}
