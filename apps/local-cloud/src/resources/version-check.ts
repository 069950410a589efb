import { ArmError } from '../arm-error.ts';
import type { ResourceTypeHandler } from '../providers/provider.ts';
import type { ResourceId } from '../resource-id.ts';
import { regionDisplayNames } from './places.ts';

const yearMs = 366 * 86_400_000;

/** The first day of ARM: no version of any of its types is older. */
const firstVersion = '2014-01-01';

/** Whether a version is of a time at which there can be one: today's clients may know newer ones than this cloud does. */
export function isPossibleVersion(version: string, now: Date, oldest: string = firstVersion): boolean {
  const date = version.slice(0, firstVersion.length);
  return date >= oldest.slice(0, firstVersion.length) && Date.parse(date) <= now.getTime() + yearMs;
}

/** Refuses a version that a type cannot have, in Azure's words. */
export function checkTypeVersion(
  id: ResourceId,
  version: string,
  handler: ResourceTypeHandler | undefined,
  now: Date,
): void {
  if (!/^\d{4}-\d{2}-\d{2}/.test(version)) return;
  const versions = handler?.apiVersions ?? [];
  if (versions.includes(version) || isPossibleVersion(version, now, versions.at(-1))) return;
  throw new ArmError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '' and API version '${version}' for type '${id.type.split('/').slice(1).join('/')}'. The supported api-versions are '${versions.join(', ')}'. The supported locations are '${handler?.locations === 'all' ? regionDisplayNames().join(', ').toLowerCase() : ''}'.`,
  );
}
