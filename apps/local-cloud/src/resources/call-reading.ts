import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { ArmCall, ArmHandler, ArmRoute } from '../front/arm-call.ts';
import { isJsonObject } from '../json-text.ts';
import { subscriptionId } from './places.ts';

/** The request's body, which must be an object. */
export function bodyObject(call: ArmCall): JsonObject {
  if (isJsonObject(call.body)) return call.body;
  throw new ArmError(
    400,
    'InvalidRequestContent',
    call.body === undefined
      ? 'The request content was invalid and could not be deserialized: there is none.'
      : 'The request content was invalid and could not be deserialized: it must be a JSON object.',
  );
}

/** A placeholder of the route. */
export function param(call: ArmCall, name: string): string {
  return call.params[name] ?? '';
}

/** The same routes, answering only for subscriptions that exist. */
export function inSubscription(routes: readonly ArmRoute[]): ArmRoute[] {
  return routes.map((route) => ({
    path: route.path,
    methods: Object.fromEntries(
      Object.entries(route.methods).map(([method, handler]) => [method, checked(handler)]),
    ),
  }));
}

function checked(handler: ArmHandler): ArmHandler {
  return (call) => {
    const sent = param(call, 'subscriptionId');
    if (sent.toLowerCase() !== subscriptionId)
      throw new ArmError(
        404,
        'SubscriptionNotFound',
        `The subscription '${sent.slice(0, 80)}' could not be found.`,
      );
    return handler({ ...call, params: { ...call.params, subscriptionId } });
  };
}

/** ARM's refusal of an address that is that of a collection where one resource is needed. */
export function addressNeedsResource(call: ArmCall): ArmError {
  return new ArmError(
    405,
    'MethodNotAllowed',
    `The method ${call.method} needs the address of one resource, and '${call.url.pathname}' is a collection.`,
  );
}
