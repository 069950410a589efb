import { createHmac } from 'node:crypto';
import type { JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { textAt } from '../json-reading.ts';
import type { ResourceRecord } from '../provider.ts';

/** The version of the storage services whose form of signatures this is. */
const signedVersion = '2022-11-02';

function required(body: JsonValue | undefined, member: string): string {
  const value = textAt(body, member);
  if (value !== undefined && value !== '') return value;
  throw new ArmError(
    400,
    'InvalidValuesForRequestParameters',
    `Values for request parameters are invalid: ${member}.`,
    { target: member },
  );
}

function signed(account: ResourceRecord, body: JsonValue | undefined, lines: readonly string[]): string {
  const keyName = textAt(body, 'keyToSign')?.toLowerCase() === 'key2' ? 'key2' : 'key1';
  const key = Buffer.from(textAt(account.secrets, keyName) ?? '', 'base64');
  return createHmac('sha256', key).update(lines.join('\n'), 'utf8').digest('base64');
}

/** The parameters of a signature that are there, as the query of an address. */
const query = (parameters: Readonly<Record<string, string>>): string =>
  new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''))
    .toString()
    .replaceAll('+', '%20');

/**
 * The answer to `listAccountSas`: a shared access signature for an account, made with one of its keys. Source: Microsoft's
 * "Create an account SAS", the string to sign of version 2020-12-06 and later.
 */
export function accountSignature(account: ResourceRecord, body: JsonValue | undefined): JsonValue {
  const [services, types, permissions, expiry] = [
    required(body, 'signedServices'),
    required(body, 'signedResourceTypes'),
    required(body, 'signedPermission'),
    required(body, 'signedExpiry'),
  ];
  const start = textAt(body, 'signedStart') ?? '';
  const ip = textAt(body, 'signedIp') ?? '';
  const protocol = textAt(body, 'signedProtocol') ?? '';
  const lines = [
    account.name,
    permissions,
    services,
    types,
    start,
    expiry,
    ip,
    protocol,
    signedVersion,
    '',
    '',
  ];
  return {
    accountSasToken: query({
      sv: signedVersion,
      ss: services,
      srt: types,
      sp: permissions,
      st: start,
      se: expiry,
      sip: ip,
      spr: protocol,
      sig: signed(account, body, lines),
    }),
  };
}

/**
 * The answer to `listServiceSas`: a shared access signature for one container, share, queue or table. Source: Microsoft's
 * "Create a service SAS", the string to sign of version 2020-12-06 and later.
 */
export function serviceSignature(account: ResourceRecord, body: JsonValue | undefined): JsonValue {
  const resource = required(body, 'canonicalizedResource');
  const kind = textAt(body, 'signedResource') ?? '';
  const identifier = textAt(body, 'signedIdentifier') ?? '';
  const permissions = textAt(body, 'signedPermission') ?? '';
  const expiry = identifier === '' ? required(body, 'signedExpiry') : (textAt(body, 'signedExpiry') ?? '');
  const start = textAt(body, 'signedStart') ?? '';
  const ip = textAt(body, 'signedIp') ?? '';
  const protocol = textAt(body, 'signedProtocol') ?? '';
  const answers = ['rscc', 'rscd', 'rsce', 'rscl', 'rsct'].map((name) => textAt(body, name) ?? '');
  const lines = [
    permissions,
    start,
    expiry,
    resource,
    identifier,
    ip,
    protocol,
    signedVersion,
    kind,
    '',
    '',
    ...answers,
  ];
  return {
    serviceSasToken: query({
      sv: signedVersion,
      sr: kind,
      sp: permissions,
      st: start,
      se: expiry,
      si: identifier,
      sip: ip,
      spr: protocol,
      sig: signed(account, body, lines),
    }),
  };
}
