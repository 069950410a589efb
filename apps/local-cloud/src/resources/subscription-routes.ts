import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import type { Store } from '../store/store.ts';
import { bodyObject, inSubscription, param } from './call-reading.ts';
import { page } from './paging.ts';
import { describeSubscription, describeTenant, listLocations, subscriptionId } from './places.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { isReservedName } from './reserved-names.ts';

/** Tenants, subscriptions, their locations and providers. */
export function subscriptionRoutes(parts: { directory: ProviderDirectory; store: Store }): ArmRoute[] {
  const { directory, store } = parts;
  const describe = () => describeSubscription(store.subscription(subscriptionId).tags);

  /** Azure registers a provider with the first deployment that needs it. */
  const isUsed = (namespace: string): boolean =>
    directory.hasProvider(namespace) || store.resources.hasNamespace(namespace);
  const isRegistered = (namespace: string): boolean =>
    store.subscription(subscriptionId).registrations?.[namespace.toLowerCase()] ?? isUsed(namespace);
  const describeProvider = (call: ArmCall) =>
    directory.get(param(call, 'namespace'), call.params.subscriptionId, isRegistered);
  const listProviders = (call: ArmCall): ArmAnswer =>
    ok(
      page(
        directory.list(call.params.subscriptionId, isRegistered),
        ({ namespace }) => namespace.toLowerCase(),
        (provider) => provider,
        { url: call.url },
      ),
    );
  const register = (call: ArmCall, registered: boolean): ArmAnswer => {
    const { namespace } = describeProvider(call);
    const name = namespace.toLowerCase();
    if (!registered && store.resources.hasNamespace(name))
      throw new ArmError(
        409,
        'SubscriptionCannotBeUnregistered',
        `The subscription cannot be unregistered from the resource namespace '${namespace}' as it still has resources of that namespace: delete them first.`,
      );
    store.transaction(() => {
      const subscription = store.subscription(subscriptionId);
      const registrations = { ...subscription.registrations, [name]: registered };
      store.subscriptions.put({ ...subscription, registrations });
    });
    return ok(describeProvider(call));
  };

  const checkRoute: ArmRoute['methods'] = { POST: checkResourceName };
  const subscription = '/subscriptions/{subscriptionId}';
  return [
    { path: '/tenants', methods: { GET: () => ok({ value: [describeTenant()] }) } },
    { path: '/subscriptions', methods: { GET: () => ok({ value: [describe()] }) } },
    { path: '/providers', methods: { GET: listProviders } },
    { path: '/providers/{namespace}', methods: { GET: (call) => ok(describeProvider(call)) } },
    { path: '/providers/Microsoft.Resources/checkResourceName', methods: checkRoute },
    ...inSubscription([
      { path: subscription, methods: { GET: () => ok(describe()) } },
      {
        path: `${subscription}/locations`,
        methods: {
          GET: (call) => ok({ value: listLocations(param(call, 'subscriptionId')) }),
        },
      },
      { path: `${subscription}/providers`, methods: { GET: listProviders } },
      {
        path: `${subscription}/providers/{namespace}`,
        methods: { GET: (call) => ok(describeProvider(call)) },
      },
      {
        path: `${subscription}/providers/{namespace}/register`,
        methods: { POST: (call) => register(call, true) },
      },
      {
        path: `${subscription}/providers/{namespace}/unregister`,
        methods: { POST: (call) => register(call, false) },
      },
    ]),
  ];
}

/** Whether a resource may be called so. Source: the Resources API, `checkResourceName`. */
function checkResourceName(call: ArmCall): ArmAnswer {
  const { name, type } = bodyObject(call);
  if (typeof name !== 'string' || typeof type !== 'string' || name === '' || type === '')
    throw new ArmError(
      400,
      'InvalidRequestContent',
      "The request content was invalid and could not be deserialized: 'name' and 'type' are required.",
    );
  return ok({ name, type, status: isReservedName(name) ? 'Reserved' : 'Allowed' });
}
