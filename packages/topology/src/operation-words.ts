import { lowered, nameInWords } from './name-in-words.ts';
import { displayNameOfType } from './resource-kind.ts';

/** Types that only the log speaks of. */
const otherTypes: ReadonlyMap<string, string> = new Map([
  ['microsoft.authorization/locks', 'Lock'],
  ['microsoft.resources/tags', 'Tags'],
  ['microsoft.resources/deployments', 'Deployment'],
  ['microsoft.resources/subscriptions/resourcegroups', 'Resource group'],
]);

const actions: ReadonlyMap<string, string> = new Map([
  ['poweroff', 'Stop'],
  ['listkeys', 'List the keys of'],
  ['exporttemplate', 'Export the template of'],
  ['retrievebootdiagnosticsdata', 'Read the boot log of'],
  ['whatif', 'Foresee the changes of'],
]);

/** ARM's name of an operation in words: `Microsoft.Network/virtualNetworks/write` is `Create or update virtual network`. */
export function operationWords(operation: string): string {
  const parts = operation.split('/');
  const verb = parts.pop()?.toLowerCase();
  const action = verb === 'action' ? (parts.pop() ?? '') : '';
  const type = parts.join('/');
  const name = lowered(otherTypes.get(type.toLowerCase()) ?? displayNameOfType(type));
  if (verb === 'write') return `Create or update ${name}`;
  if (verb === 'delete') return `Delete ${name}`;
  if (verb === 'action') return `${actions.get(action.toLowerCase()) ?? nameInWords(action)} ${name}`;
  return operation;
}
