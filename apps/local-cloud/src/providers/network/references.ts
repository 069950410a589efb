import { ArmError } from '../../arm-error.ts';
import { sameText } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { findSubResource } from '../sub-resources.ts';
import type { FoundSubResource } from '../sub-resources.ts';

/** Azure's refusal of a reference to something that does not exist, or exists in another region. */
export function invalidReference(referencedId: string, referencingId: string): ArmError {
  return new ArmError(
    400,
    'InvalidResourceReference',
    `Resource ${referencedId} referenced by resource ${referencingId} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

/** The resource that `id` names, of the given type and in the given region; refused otherwise. */
export function requireResource(
  view: CloudView,
  id: string,
  type: string,
  referencingId: string,
  location: string | undefined,
): ResourceRecord {
  const record = view.get(id);
  if (!record || !sameText(record.type, type) || (location !== undefined && record.location !== location)) {
    throw invalidReference(id, referencingId);
  }
  return record;
}

/** The sub-resource that `id` names, of an owner of the given type and region; refused otherwise. */
export function requireSubResource(
  view: CloudView,
  id: string,
  ownerType: string,
  referencingId: string,
  location: string | undefined,
): FoundSubResource {
  const found = findSubResource(view, id);
  if (
    !found ||
    !sameText(found.owner.type, ownerType) ||
    (location !== undefined && found.owner.location !== location)
  ) {
    throw invalidReference(id, referencingId);
  }
  return found;
}
