import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import type { Store } from '../store/store.ts';
import { inSubscription, param } from './call-reading.ts';
import { page } from './paging.ts';
import { subscriptionId } from './places.ts';

const nameOf = (call: ArmCall): string => `${param(call, 'resourceProvider')}/${param(call, 'feature')}`;
const lowerCase = (text: string): string => text.toLowerCase();

/**
 * Preview features of providers, `Microsoft.Features`: registered at once, without anybody who approves. Nothing here depends
 * on one; only those that were registered are listed.
 */
export function featureRoutes(store: Store): ArmRoute[] {
  const registered = (): Readonly<Record<string, string>> =>
    store.subscription(subscriptionId).features ?? {};

  const list = (call: ArmCall): ArmAnswer => {
    const of = call.params['resourceProvider']?.toLowerCase();
    const names = Object.entries(registered())
      .filter(([key]) => of === undefined || key.startsWith(`${of}/`))
      .map(([, name]) => name);
    return ok(page(names, lowerCase, (name) => describeFeature(name, true), { url: call.url }));
  };

  const read = (call: ArmCall): ArmAnswer => {
    const known = registered()[nameOf(call).toLowerCase()];
    return ok(describeFeature(known ?? nameOf(call), known !== undefined));
  };

  const change = (call: ArmCall, isRegistered: boolean): ArmAnswer => {
    const name = nameOf(call);
    store.transaction(() => {
      const { [name.toLowerCase()]: _before, ...others } = registered();
      const features = isRegistered ? { ...others, [name.toLowerCase()]: name } : others;
      store.subscriptions.put({ ...store.subscription(subscriptionId), features });
    });
    return ok(describeFeature(name, isRegistered));
  };

  const base = '/subscriptions/{subscriptionId}/providers/Microsoft.Features';
  const one = `${base}/providers/{resourceProvider}/features/{feature}`;
  return inSubscription([
    { path: `${base}/features`, methods: { GET: list } },
    { path: `${base}/providers/{resourceProvider}/features`, methods: { GET: list } },
    { path: one, methods: { GET: read } },
    { path: `${one}/register`, methods: { POST: (call) => change(call, true) } },
    { path: `${one}/unregister`, methods: { POST: (call) => change(call, false) } },
  ]);
}

function describeFeature(name: string, isRegistered: boolean) {
  const [provider = '', feature = ''] = name.split('/');
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Features/providers/${provider}/features/${feature}`,
    name,
    type: 'Microsoft.Features/providers/features',
    properties: { state: isRegistered ? 'Registered' : 'NotRegistered' },
  };
}
