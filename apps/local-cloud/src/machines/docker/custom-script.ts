import { gunzipSync } from 'node:zlib';
import { ArmError } from '../../arm-error.ts';
import { textAt } from '../../providers/json-reading.ts';
import type { ExtensionSpec } from '../machine-driver.ts';
import type { CommandOutcome } from './engine.ts';

/** Where Azure's own handler puts a script and what it writes. Source: "Use the Azure Custom Script Extension Version 2". */
export const scriptFolder = 'var/lib/waagent/custom-script/download/0';

/** What of a script's output goes into the error, of each stream. */
const shownOutput = 3_000;

/** Whether the local cloud carries an extension out: scripts for Linux, of either publisher. */
export function isCustomScript({ publisher, type }: ExtensionSpec): boolean {
  const handler = `${publisher}.${type}`.toLowerCase();
  return (
    handler === 'microsoft.azure.extensions.customscript' ||
    handler === 'microsoft.ostcextensions.customscriptforlinux'
  );
}

/**
 * The text of the script that an extension asks for: `script` (base64, also gzipped) or `commandToExecute`, protected
 * settings first. Throws ArmError as Azure's handler refuses what it cannot carry out.
 */
export function scriptOf(extension: ExtensionSpec): string {
  const setting = (name: string): string | undefined =>
    textAt(extension.protectedSettings, name) ?? textAt(extension.settings, name);
  const [script, command] = [setting('script'), setting('commandToExecute')];
  if (Array.isArray(extension.settings['fileUris']) && extension.settings['fileUris'].length > 0)
    throw refused(
      extension,
      'The local cloud does not fetch fileUris: put the script itself into the setting script.',
    );
  if (script !== undefined && command !== undefined)
    throw refused(
      extension,
      "'commandToExecute' and 'script' were both specified, but only one is validate at a time",
    );
  if (command !== undefined) return `#!/bin/sh\n${command}\n`;
  if (script === undefined)
    throw refused(extension, "invalid configuration: 'commandToExecute' or 'script' is not specified");
  const decoded = Buffer.from(script, 'base64');
  try {
    return (decoded[0] === 0x1f && decoded[1] === 0x8b ? gunzipSync(decoded) : decoded).toString('utf8');
  } catch {
    throw refused(extension, "invalid configuration: 'script' could not be decompressed");
  }
}

const refused = (extension: ExtensionSpec, message: string): ArmError =>
  failedExtension(extension, `Enable failed: ${message}.`);

/** The error of an extension, as ARM words it: with what the handler says. */
export function failedExtension({ name, publisher, type }: ExtensionSpec, message: string): ArmError {
  return new ArmError(
    409,
    'VMExtensionProvisioningError',
    `VM has reported a failure when processing extension '${name}' (publisher '${publisher}' and type '${type}'). Error message: '${message}'`,
  );
}

const tail = (text: string): string => text.trimEnd().slice(-shownOutput);

/** The error of a script that did not end with 0: with the tail of what it wrote. */
export function failedScript(
  extension: ExtensionSpec,
  { exitCode, stdout, stderr }: CommandOutcome,
): ArmError {
  return failedExtension(
    extension,
    `Enable failed: failed to execute command: command terminated with exit status=${exitCode}\n[stdout]\n${tail(stdout)}\n\n[stderr]\n${tail(stderr)}`,
  );
}
