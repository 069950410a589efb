import type { DeploymentScope } from '../expansion.ts';
import { declare, notHere, type FunctionCall, type FunctionDeclaration } from './declaration.ts';

/** The deployment that the expression belongs to. @throws where an expression is evaluated without one. */
export function deploymentOf(call: FunctionCall): DeploymentScope {
  const { deployment } = call.scope;
  if (deployment === undefined) throw notHere(call);
  return deployment;
}

export const scopeFunctions: readonly FunctionDeclaration[] = [
  declare('subscription', [], (call) => {
    const { subscription } = deploymentOf(call);
    if (subscription === undefined) throw notHere(call);
    return { ...subscription };
  }),
  declare('resourceGroup', [], (call) => {
    const { resourceGroup } = deploymentOf(call);
    if (resourceGroup === undefined) throw notHere(call);
    return resourceGroup;
  }),
  declare('tenant', [], (call) => {
    const { tenant, tenantId } = deploymentOf(call);
    return {
      countryCode: tenant?.countryCode ?? '',
      displayName: tenant?.displayName ?? '',
      id: `/tenants/${tenantId}`,
      tenantId,
    };
  }),
  declare('managementGroup', [], (call) => {
    const managementGroup = call.scope.managementGroup ?? call.scope.deployment?.managementGroup;
    if (managementGroup === undefined) throw notHere(call);
    return managementGroup;
  }),
];
