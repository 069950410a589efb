import { checkDnsPrefix, checkRegion, checkSubscriptionId } from '@slipway/cluster';
import { useClusters } from '../api/clusters.ts';
import { useDnsAvailability } from '../api/dns-availability.ts';
import { useMachineSizes } from '../api/machine-sizes.ts';
import { useRegions } from '../api/regions.ts';
import { useResourceGroups } from '../api/resource-groups.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import type { Draft } from './draft.ts';
import type { CloudFacts } from './field-errors.ts';
import { useDebounced } from '../components/use-debounced.ts';

const typingPauseMs = 400;

/** Reads from the cloud what the wizard's values are checked against; the DNS prefix once typing pauses. */
export function useCloudFacts({ basics, master }: Draft): CloudFacts {
  const { subscriptionId, region } = basics;
  const prefix = useDebounced(master.dnsPrefix, typingPauseMs);
  const askable =
    !checkDnsPrefix(prefix) && !checkRegion(region) && !checkSubscriptionId(subscriptionId) ? prefix : '';
  const dns = useDnsAvailability(subscriptionId, region, askable);
  return {
    subscriptions: useSubscriptions().data,
    clusters: useClusters().data,
    resourceGroups: useResourceGroups(subscriptionId).data,
    regions: useRegions(subscriptionId).data,
    machineSizes: useMachineSizes(subscriptionId, region).data,
    dns: askable !== '' && askable === master.dnsPrefix ? dns.data : undefined,
  };
}
