import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { isJsonObject } from '../json-text.ts';
import { textAt } from '../providers/json-reading.ts';
import type { CloudView } from '../providers/provider.ts';

/**
 * The parameters of a deployment with the secrets that they refer to in key vaults: `{ reference: { keyVault: { id },
 * secretName } }`. Throws KeyVaultParameterReferenceNotFound. Source: Microsoft's "Use Azure Key Vault to pass secure parameter
 * value during deployment".
 */
export function withVaultSecrets(parameters: JsonObject, view: CloudView): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, given]) => {
      const reference = isJsonObject(given) ? given.reference : undefined;
      return [name, isJsonObject(reference) ? { value: secretOf(name, reference, view) } : given];
    }),
  );
}

function secretOf(parameter: string, reference: JsonObject, view: CloudView): string {
  const vaultId = textAt(reference, 'keyVault', 'id') ?? '';
  const name = textAt(reference, 'secretName') ?? '';
  const vault = view.get(vaultId);
  if (vault === undefined)
    throw new ArmError(
      400,
      'KeyVaultParameterReferenceNotFound',
      `The specified KeyVault '${vaultId.slice(0, 400)}' of the parameter '${parameter}' could not be found. Please see https://aka.ms/arm-keyvault for usage details.`,
    );
  if (vault.properties.enabledForTemplateDeployment !== true)
    throw new ArmError(
      400,
      'KeyVaultParameterReferenceAuthorizationFailed',
      `The specified KeyVault '${vault.id}' of the parameter '${parameter}' does not allow template deployments: its property 'enabledForTemplateDeployment' is not true. Please see https://aka.ms/arm-keyvault for usage details.`,
    );
  const secret = view.get(`${vault.id}/secrets/${name}`);
  const value = textAt(secret?.secrets, 'value');
  if (value !== undefined) return value;
  throw new ArmError(
    400,
    'KeyVaultParameterReferenceSecretRetrieveFailed',
    `The secret of KeyVault parameter '${parameter}' cannot be retrieved: there is no secret '${name.slice(0, 80)}' in '${vault.id}'. Please see https://aka.ms/arm-keyvault for usage details.`,
  );
}
