import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { booleanAt, compact, objectAt, objectsAt, textAt } from '../json-reading.ts';
import { refuseChange } from './property-changes.ts';

/**
 * User names that Azure does not allow. Source: "What are the username requirements when creating a VM?" in the FAQ on
 * Linux virtual machines.
 */
const reservedUserNames = new Set(
  'administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5'.split(
    ' ',
  ),
);

/** Longest customData: 64 KiB before base64. */
const longestCustomData = 87_380;

function invalid(target: string, message: string): ArmError {
  return new ArmError(400, 'InvalidParameter', message, { target });
}

/** An operating-system profile as it is kept: what GET returns, and what is only compared. */
export interface OsProfile {
  readonly shown: JsonObject;
  readonly secrets: JsonObject;
}

/** Reads the `osProfile` of a machine or scale-set model; refuses what Azure refuses. */
export function readOsProfile(sent: JsonObject, fixed: JsonObject): OsProfile {
  const adminUsername = textAt(sent, 'adminUsername');
  if (adminUsername === undefined || adminUsername === '') {
    throw invalid('adminUsername', "Required parameter 'adminUsername' is missing (null).");
  }
  if (reservedUserNames.has(adminUsername.toLowerCase())) {
    throw invalid('adminUsername', 'The Admin Username specified is not allowed.');
  }
  const customData = textAt(sent, 'customData');
  if (customData !== undefined && !isBase64(customData)) {
    throw invalid(
      'customData',
      `Custom data in OSProfile must be in Base64 encoding and with a maximum length of ${longestCustomData} characters.`,
    );
  }
  const adminPassword = textAt(sent, 'adminPassword') ?? '';
  const linux = objectAt(sent, 'linuxConfiguration');
  const isWindows = Object.keys(objectAt(sent, 'windowsConfiguration')).length > 0;
  const keys = objectsAt(linux, 'ssh', 'publicKeys');
  for (const key of keys) checkPublicKey(textAt(key, 'keyData') ?? '');
  const hasPassword = adminPassword !== '' && booleanAt(linux, 'disablePasswordAuthentication') !== true;
  if (!isWindows && !hasPassword && keys.length === 0) {
    throw invalid(
      'linuxConfiguration',
      'Authentication using either SSH or by user name and password must be enabled in Linux profile.',
    );
  }
  return {
    shown: compact({
      ...fixed,
      adminUsername,
      linuxConfiguration: isWindows
        ? undefined
        : { disablePasswordAuthentication: false, provisionVMAgent: true, ...linux },
      windowsConfiguration: isWindows ? objectAt(sent, 'windowsConfiguration') : undefined,
      secrets: Array.isArray(sent['secrets']) ? sent['secrets'] : [],
      allowExtensionOperations: booleanAt(sent, 'allowExtensionOperations') ?? true,
      requireGuestProvisionSignal: true,
    }),
    secrets: compact({
      customData,
      adminPassword: adminPassword === '' ? undefined : adminPassword,
    }),
  };
}

/** Refuses changes of what a machine is provisioned with; what a body leaves out counts as unchanged. */
export function refuseProfileChanges(
  before: { shown: JsonObject; secrets: JsonObject },
  sent: JsonObject,
): void {
  refuseChange('customData', before.secrets['customData'], textAt(sent, 'customData'));
  refuseChange('adminUsername', before.shown['adminUsername'], textAt(sent, 'adminUsername'));
  const password = textAt(sent, 'adminPassword');
  refuseChange('adminPassword', before.secrets['adminPassword'], password === '' ? undefined : password);
  refuseChange('computerName', before.shown['computerName'], textAt(sent, 'computerName'));
  const keys = sshKeys(sent);
  refuseChange(
    'linuxConfiguration.ssh.publicKeys',
    sshKeys(before.shown),
    keys.length === 0 ? undefined : keys,
  );
}

function sshKeys(profile: JsonObject): JsonValue[] {
  return objectsAt(profile, 'linuxConfiguration', 'ssh', 'publicKeys').map((key) =>
    compact({ path: textAt(key, 'path'), keyData: textAt(key, 'keyData')?.trim() }),
  );
}

function isBase64(text: string): boolean {
  return text.length <= longestCustomData && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** Azure takes RSA keys of at least 2048 bit and Ed25519 keys. */
function checkPublicKey(keyData: string): void {
  const [algorithm = '', encoded = ''] = keyData.trim().split(/\s+/);
  const blob = Buffer.from(encoded, 'base64');
  const [name, ...fields] = wireFields(blob);
  const isNamed = name?.toString('latin1') === algorithm;
  const isRsa = algorithm === 'ssh-rsa' && isNamed && bitLength(fields[1]) >= 2048;
  const isEd25519 = algorithm === 'ssh-ed25519' && isNamed && fields[0]?.length === 32;
  if (isRsa || isEd25519) return;
  throw invalid(
    'linuxConfiguration.ssh.publicKeys.keyData',
    'The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.',
  );
}

/** The length-prefixed fields of a public key (RFC 4253, section 6.6); none when the lengths do not add up. */
function wireFields(blob: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let position = 0; position < blob.length;) {
    if (position + 4 > blob.length) return [];
    const end = position + 4 + blob.readUInt32BE(position);
    if (end > blob.length) return [];
    fields.push(blob.subarray(position + 4, end));
    position = end;
  }
  return fields;
}

function bitLength(modulus: Buffer | undefined): number {
  const firstByte = modulus?.findIndex((byte) => byte !== 0) ?? -1;
  if (!modulus || firstByte < 0) return 0;
  return (modulus.length - firstByte - 1) * 8 + (32 - Math.clz32(modulus[firstByte] ?? 0));
}
