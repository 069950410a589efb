import type { JSX } from 'react';
import { ResourceLink } from '../../components/resource-link.tsx';
import { placeOf } from '../resource-id.ts';

/** A resource by its name with a link; a dash where there is none. */
export function OptionalLink({ id }: { id: string | undefined }): JSX.Element {
  return id === undefined ? <>—</> : <ResourceLink id={id}>{placeOf(id).ownName}</ResourceLink>;
}
