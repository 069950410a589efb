import { Deferred } from '../expression/deferred.ts';
import { equalsIgnoreCase } from '../json-values.ts';
import {
  joinTypeAndNames,
  managementGroupPath,
  resourceTypeOf,
  scopePath,
  withoutTrailingSlashes,
} from '../resource-id.ts';
import {
  any,
  declare,
  declareLazy,
  declareVariadic,
  notHere,
  optional,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { deploymentOf } from './scope-functions.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface TypeAndNames {
  leading: readonly string[];
  type: string;
  names: readonly string[];
}

/** Splits arguments into what stands before the resource type, the type, and the names. */
function splitArguments(call: FunctionCall, values: readonly string[], mostLeading: number): TypeAndNames {
  const candidates = values.flatMap((value, index) => (resourceTypeOf(value) === undefined ? [] : [index]));
  const [at] = candidates;
  if (at === undefined || candidates.length > 1 || at > mostLeading) {
    throw call.error(
      `Unable to evaluate template language function '${call.name}': function requires exactly one multi-segmented argument which must be resource type including resource provider namespace. Current function arguments '${values.join(',').slice(0, 400)}'. Please see https://aka.ms/arm-resource-functions/#${call.name.toLowerCase()} for usage details.`,
    );
  }
  const type = resourceTypeOf(values[at] ?? '') ?? '';
  const names = values.slice(at + 1);
  const expected = type.split('/').length - 1;
  if (names.length !== expected || names.includes('')) {
    throw call.error(
      `Unable to evaluate template language function '${call.name}': the type '${type}' requires '${String(expected)}' resource name argument(s). Please see https://aka.ms/arm-function-${call.name.toLowerCase()} for usage details.`,
    );
  }
  return { leading: values.slice(0, at), type, names };
}

function resourceId(call: FunctionCall, values: readonly string[]): string {
  const { leading, type, names } = splitArguments(call, values, 2);
  const { subscription, resourceGroup } = deploymentOf(call);
  const [first, second] = leading;
  // Outside of a group one leading argument may be a subscription.
  const isSubscription =
    second === undefined && first !== undefined && resourceGroup === undefined && GUID.test(first);
  const subscriptionId = second === undefined && !isSubscription ? subscription?.subscriptionId : first;
  const group = second ?? (isSubscription ? undefined : first) ?? resourceGroup?.name;
  return joinTypeAndNames(scopePath(subscriptionId, group), type, names);
}

/** `listKeys` and every other `list…`: answered by the running deployment. */
export const listFunction: FunctionDeclaration = declareLazy(
  'list*',
  1,
  3,
  (call, [target, version, body]) => {
    const { resources, runtime } = call.scope;
    if (resources === undefined) throw notHere(call);
    const nameOrId = target === undefined ? '' : text.read(target.value(), call);
    const apiVersion = version === undefined ? undefined : text.read(version.value(), call);
    const payload = body === undefined ? undefined : any.read(body.value(), call);
    const resource = resources.resolve(nameOrId);
    const used = apiVersion ?? resource.apiVersion;
    if (used === undefined) {
      throw call.usageError(
        `The template function '${call.name}' requires an API version for resource '${nameOrId}', which is not defined in the template.`,
      );
    }
    if (runtime === undefined) throw new Deferred();
    return payload === undefined
      ? runtime.list(call.name, resource.id, used)
      : runtime.list(call.name, resource.id, used, payload);
  },
);

export const resourceFunctions: readonly FunctionDeclaration[] = [
  declare('reference', [text, optional(text), optional(text)], (call, nameOrId, apiVersion, mode) => {
    const { resources, runtime } = call.scope;
    if (resources === undefined) throw notHere(call);
    if (mode !== undefined && !equalsIgnoreCase(mode, 'Full')) {
      throw call.usageError(
        `The template function 'reference' expects its third parameter to be 'Full'. The provided value is '${mode.slice(0, 80)}'.`,
      );
    }
    const resource = resources.resolve(nameOrId);
    if (runtime === undefined) throw new Deferred();
    return runtime.reference(resource.id, apiVersion ?? resource.apiVersion, mode !== undefined);
  }),
  declare('references', [text, optional(text)], (call, symbolicName, mode = 'Properties') => {
    const { resources, runtime } = call.scope;
    if (resources?.collection === undefined) throw notHere(call);
    const isFull = equalsIgnoreCase(mode, 'Full');
    if (!isFull && !equalsIgnoreCase(mode, 'Properties')) {
      throw call.usageError(
        `The template function 'references' expects its second parameter to be 'Full' or 'Properties'. The provided value is '${mode.slice(0, 80)}'.`,
      );
    }
    const collection = resources.collection(symbolicName);
    if (runtime === undefined) throw new Deferred();
    return collection.map(({ id, apiVersion }) => runtime.reference(id, apiVersion, isFull));
  }),
  declareVariadic('resourceId', 2, text, resourceId),
  declareVariadic('subscriptionResourceId', 2, text, (call, values) => {
    const { leading, type, names } = splitArguments(call, values, 1);
    return joinTypeAndNames(
      scopePath(leading[0] ?? deploymentOf(call).subscription?.subscriptionId),
      type,
      names,
    );
  }),
  declareVariadic('tenantResourceId', 2, text, (call, values) => {
    const { type, names } = splitArguments(call, values, 0);
    return joinTypeAndNames('', type, names);
  }),
  declareVariadic('managementGroupResourceId', 2, text, (call, values) => {
    const { leading, type, names } = splitArguments(call, values, 1);
    const group = leading[0] ?? (call.scope.managementGroup ?? call.scope.deployment?.managementGroup)?.name;
    if (group === undefined) throw notHere(call);
    return joinTypeAndNames(managementGroupPath(group), type, names);
  }),
  declareVariadic('extensionResourceId', 3, text, (call, [base = '', ...values]) => {
    const { type, names } = splitArguments(call, values, 0);
    return joinTypeAndNames(withoutTrailingSlashes(base), type, names);
  }),
];
