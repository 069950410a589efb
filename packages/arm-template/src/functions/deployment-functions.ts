import { Deferred } from '../expression/deferred.ts';
import { equalsIgnoreCase, getOwn, isObject } from '../json-values.ts';
import {
  any,
  declare,
  declareVariadic,
  integer,
  notHere,
  optional,
  text,
  type FunctionDeclaration,
} from './declaration.ts';
import { deploymentOf } from './scope-functions.ts';

export const deploymentFunctions: readonly FunctionDeclaration[] = [
  declare('parameters', [text], (call, name) => {
    if (call.scope.parameter === undefined) throw notHere(call);
    return call.scope.parameter(name);
  }),
  declare('variables', [text], (call, name) => {
    if (call.scope.variable === undefined) throw notHere(call);
    return call.scope.variable(name);
  }),
  declare('environment', [], (call) => deploymentOf(call).environment),
  declare('deployment', [], (call) => {
    const { deployment } = deploymentOf(call);
    const properties = call.scope.deploymentProperties?.();
    return {
      name: deployment.name,
      ...(deployment.location === undefined ? {} : { location: deployment.location }),
      ...(properties === undefined ? {} : { properties }),
    };
  }),
  declare('deployer', [], (call) => {
    const { deployer } = deploymentOf(call);
    if (deployer === undefined) throw notHere(call);
    return { ...deployer, userPrincipalName: deployer.userPrincipalName ?? '' };
  }),
  declare('fail', [text], (call, message) => {
    throw call.error(message);
  }),
  declare('externalInputs', [text], (call, name) => {
    const { externalInputs } = call.scope;
    if (externalInputs === undefined) throw notHere(call);
    const given = getOwn(externalInputs, name);
    const value = isObject(given) ? getOwn(given, 'value') : undefined;
    if (value !== undefined) return value;
    throw call.usageError(`The external input '${name.slice(0, 80)}' is not part of the deployment request.`);
  }),
  declareVariadic('externalInput', 1, any, (call) => {
    throw call.error(
      "The template function 'externalInput' is not expected at this location: it is answered by the client that makes the deployment request. Please see https://aka.ms/arm-functions for usage details.",
    );
  }),
  declare('copyIndex', [optional(any), optional(integer)], (call, first, second) => {
    const { loops = [], foreignLoops } = call.scope;
    // With two arguments the first one is the loop's name.
    if (first !== undefined && second !== undefined) text.read(first, call, 'first');
    const isNamed = typeof first === 'string';
    const offset = isNamed || first === undefined ? (second ?? 0n) : integer.read(first, call);
    const turn = isNamed
      ? loops.findLast((loop) => equalsIgnoreCase(loop.name, first))
      : foreignLoops?.has('') === true
        ? undefined
        : (loops.findLast((loop) => loop.ofResource) ?? loops.at(-1));
    if (turn === undefined) {
      if (foreignLoops?.has(isNamed ? first.toLowerCase() : '') === true) throw new Deferred();
      throw call.error(
        isNamed
          ? `The template function 'copyIndex' refers to the copy loop '${first}', which does not exist at this location. Please see https://aka.ms/arm-copy for usage details.`
          : "The template function 'copyIndex' is not expected at this location. The function can only be used in a resource with copy specified. Please see https://aka.ms/arm-copy for usage details.",
      );
    }
    return turn.index + Number(offset);
  }),
];
