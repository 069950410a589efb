import { arrayFunctions } from './array-functions.ts';
import { cidrFunctions } from './cidr-functions.ts';
import { cloudFunctions } from './cloud-functions.ts';
import { comparisonFunctions } from './comparison-functions.ts';
import { conversionFunctions } from './conversion-functions.ts';
import { dateFunctions } from './date-functions.ts';
import type { FunctionDeclaration } from './declaration.ts';
import { deploymentFunctions } from './deployment-functions.ts';
import { lambdaFunctions } from './lambda-functions.ts';
import { logicalFunctions } from './logical-functions.ts';
import { numericFunctions } from './numeric-functions.ts';
import { objectFunctions } from './object-functions.ts';
import { listFunction, resourceFunctions } from './resource-functions.ts';
import { scopeFunctions } from './scope-functions.ts';
import { stringFunctions } from './string-functions.ts';
import { uriFunctions } from './uri-functions.ts';

/** Every function of the language but `lambda` and the list actions. */
export const templateFunctions: readonly FunctionDeclaration[] = [
  arrayFunctions,
  cidrFunctions,
  cloudFunctions,
  comparisonFunctions,
  conversionFunctions,
  dateFunctions,
  deploymentFunctions,
  lambdaFunctions,
  logicalFunctions,
  numericFunctions,
  objectFunctions,
  resourceFunctions,
  scopeFunctions,
  stringFunctions,
  uriFunctions,
].flat();

const table = new Map<string, FunctionDeclaration>(
  templateFunctions.map((declaration) => [declaration.name.toLowerCase(), declaration] as const),
);

/** The function of that name, ignoring case; any `list…` name is a list action. */
export function functionNamed(name: string): FunctionDeclaration | undefined {
  const key = name.toLowerCase();
  return table.get(key) ?? (key.startsWith('list') ? listFunction : undefined);
}
