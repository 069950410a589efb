import type { JSX } from 'react';
import { useRegions } from '../api/regions.ts';

/** A region by the name that people know, for example `West Europe`; ARM's own until that is known. */
export function RegionName({ subscriptionId, name }: { subscriptionId: string; name: string }): JSX.Element {
  const { data: regions } = useRegions(subscriptionId);
  return <>{regions?.find((region) => region.name === name)?.displayName ?? name}</>;
}
