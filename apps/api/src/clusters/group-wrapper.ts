import { z } from 'zod';

const parameterTypesSchema = z.object({ parameters: z.record(z.string(), z.object({ type: z.string() })) });

/**
 * A subscription-level template that makes a resource group and deploys another template into it: the form in which
 * ARM can be asked about a cluster whose group does not exist yet. The values travel as parameters of the wrapper,
 * never inside its text, where a value that begins with a bracket would be read as an expression.
 */
export function wrapWithGroup(request: {
  resourceGroup: string;
  location: string;
  deploymentName: string;
  template: Record<string, unknown>;
  parameters: Record<string, { value: unknown }>;
}): { template: Record<string, unknown>; parameters: Record<string, { value: unknown }> } {
  const { resourceGroup, location, deploymentName, template, parameters } = request;
  const names = Object.keys(parameters);
  const types = parameterTypesSchema.parse(template).parameters;
  return {
    template: {
      $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: Object.fromEntries(names.map((name) => [name, { type: types[name]?.type ?? 'string' }])),
      resources: [
        {
          type: 'Microsoft.Resources/resourceGroups',
          apiVersion: '2025-04-01',
          name: resourceGroup,
          location,
        },
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2025-04-01',
          name: deploymentName,
          resourceGroup,
          dependsOn: [`[subscriptionResourceId('Microsoft.Resources/resourceGroups', '${resourceGroup}')]`],
          properties: {
            mode: 'Incremental',
            expressionEvaluationOptions: { scope: 'inner' },
            template,
            parameters: Object.fromEntries(names.map((name) => [name, { value: `[parameters('${name}')]` }])),
          },
        },
      ],
    },
    parameters,
  };
}
