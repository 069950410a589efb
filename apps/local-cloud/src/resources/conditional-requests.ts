import { ArmError } from '../arm-error.ts';
import type { ArmCall } from '../front/arm-call.ts';
import type { ResourceRecord } from '../providers/provider.ts';

/** The entity tags of a header, as they are written; `*` stands for any. */
const tagsIn = (header: string): string[] => header.split(',').map((tag) => tag.trim());

const names = (header: string, etag: string): boolean =>
  tagsIn(header).some((tag) => tag === '*' || tag === etag || `W/${tag}` === etag);

/**
 * Refuses a write whose `If-Match` or `If-None-Match` does not hold of the resource as it is (absent where there is none).
 * Throws PreconditionFailed (412). Source: Microsoft's "Azure REST API guidelines", conditional requests, and Network's answers.
 */
export function checkConditions(
  { conditions }: Pick<ArmCall, 'conditions'>,
  id: string,
  record: ResourceRecord | undefined,
): void {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifMatch !== undefined && (record === undefined || !names(ifMatch, record.etag)))
    throw new ArmError(
      412,
      'PreconditionFailed',
      record === undefined
        ? `The condition of the If-Match header '${ifMatch.slice(0, 80)}' does not hold: there is no resource ${id}.`
        : `Etag provided in if-match header ${ifMatch.slice(0, 80)} does not match etag ${record.etag} of resource ${record.id}.`,
    );
  if (ifNoneMatch !== undefined && record !== undefined && names(ifNoneMatch, record.etag))
    throw new ArmError(
      412,
      'PreconditionFailed',
      `The condition of the If-None-Match header '${ifNoneMatch.slice(0, 80)}' does not hold: the resource ${record.id} exists with the etag ${record.etag}.`,
    );
}

/** Whether a reader has this state of the resource already: it is answered 304, without a body. */
export function isKnownToReader(
  { conditions }: Pick<ArmCall, 'conditions'>,
  record: ResourceRecord,
): boolean {
  return conditions.ifNoneMatch !== undefined && names(conditions.ifNoneMatch, record.etag);
}
