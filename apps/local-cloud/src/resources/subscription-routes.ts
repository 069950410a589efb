import { ok, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import type { Store } from '../store/store.ts';
import { inSubscription, param } from './call-reading.ts';
import { describeSubscription, describeTenant, listLocations, subscriptionId } from './places.ts';
import type { ProviderDirectory } from './provider-directory.ts';

/** Tenants, subscriptions, their locations and providers. */
export function subscriptionRoutes(parts: { directory: ProviderDirectory; store: Store }): ArmRoute[] {
  const { directory, store } = parts;
  const describe = () => describeSubscription(store.subscriptions.get(subscriptionId)?.tags);
  const describeProvider = (call: ArmCall) =>
    ok(directory.get(param(call, 'namespace'), call.params.subscriptionId));
  return [
    { path: '/tenants', methods: { GET: () => ok({ value: [describeTenant()] }) } },
    { path: '/subscriptions', methods: { GET: () => ok({ value: [describe()] }) } },
    { path: '/providers', methods: { GET: () => ok({ value: directory.list(undefined) }) } },
    { path: '/providers/{namespace}', methods: { GET: describeProvider } },
    ...inSubscription([
      { path: '/subscriptions/{subscriptionId}', methods: { GET: () => ok(describe()) } },
      {
        path: '/subscriptions/{subscriptionId}/locations',
        methods: { GET: (call) => ok({ value: listLocations(param(call, 'subscriptionId')) }) },
      },
      {
        path: '/subscriptions/{subscriptionId}/providers',
        methods: { GET: (call) => ok({ value: directory.list(param(call, 'subscriptionId')) }) },
      },
      { path: '/subscriptions/{subscriptionId}/providers/{namespace}', methods: { GET: describeProvider } },
      {
        path: '/subscriptions/{subscriptionId}/providers/{namespace}/register',
        methods: { POST: describeProvider },
      },
    ]),
  ];
}
