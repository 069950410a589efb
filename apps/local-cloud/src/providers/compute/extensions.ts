import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { powerStateOf } from '../../machines/machine-power.ts';
import { computeApiVersions } from '../api-versions.ts';
import { objectAt, sameText, textAt, valueAt } from '../json-reading.ts';
import type { ResourceTypeHandler } from '../provider.ts';
import { recordFrom } from '../resource-plan.ts';
import { requireParent } from '../sub-resources.ts';
import { extensionType } from './instance-view.ts';

/** Refuses an extension that does not say what runs it. */
export function checkExtension(properties: JsonObject): void {
  for (const member of ['publisher', 'type', 'typeHandlerVersion'] as const) {
    if (textAt(properties, member) !== undefined) continue;
    throw new ArmError(400, 'InvalidParameter', `Required parameter '${member}' is missing (null).`, {
      target: member,
    });
  }
}

/** An extension's properties without what GET never returns, and that apart. */
export function splitProtectedSettings(properties: JsonObject): { shown: JsonObject; secret: JsonObject } {
  const shown: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    const name = key.toLowerCase();
    if (value !== null && name !== 'protectedsettings' && name !== 'provisioningstate') shown[key] = value;
  }
  const secret = valueAt(properties, 'protectedSettings');
  return { shown, secret: secret === undefined ? {} : { protectedSettings: secret } };
}

/** What runs an extension: publisher and type. */
function handlerOf(properties: JsonObject): string {
  return `${textAt(properties, 'publisher') ?? ''}.${textAt(properties, 'type') ?? ''}`;
}

/** `Microsoft.Compute/virtualMachines/extensions`. */
export const extensions: ResourceTypeHandler = {
  type: extensionType,
  apiVersions: computeApiVersions,
  locations: 'all',
  removeWork: 'extension',
  put: (request) => {
    const { id, body, view } = request;
    const machine = requireParent(id, view);
    if (machine.provisioningState !== 'Creating' && powerStateOf(machine, view) !== 'running')
      throw new ArmError(
        409,
        'OperationNotAllowed',
        'Cannot modify extensions in the VM when the VM is not running.',
      );
    const sent = objectAt(body, 'properties');
    checkExtension(sent);
    const other = view
      .list({ type: extensionType, under: machine.id })
      .find(
        (extension) =>
          !sameText(extension.id, id.text) && sameText(handlerOf(extension.properties), handlerOf(sent)),
      );
    if (other) {
      throw new ArmError(
        400,
        'BadRequest',
        `Multiple VMExtensions per handler not supported for OS type 'Linux'. VMExtension '${other.name}' with handler '${handlerOf(sent)}' already added or specified in input.`,
      );
    }
    const { shown, secret } = splitProtectedSettings(sent);
    return {
      record: recordFrom(request, { autoUpgradeMinorVersion: false, ...shown }, { secrets: secret }),
      work: 'extension',
    };
  },
};
