import type { ResourceRecord } from '../providers/provider.ts';

/**
 * Whether a resource is a part of another one, with which it goes, and not by itself in complete mode: the disk of a machine, the
 * interface of a private endpoint.
 */
export const belongsToAnother = ({ envelope, properties }: ResourceRecord): boolean =>
  envelope['managedBy'] !== undefined || properties['privateEndpoint'] !== undefined;
