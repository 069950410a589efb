import { createHmac } from 'node:crypto';
import { sameText } from '../identity/access-tokens.ts';
import { textAt } from '../providers/json-reading.ts';
import type { ResourceRecord } from '../providers/provider.ts';

/** What the addresses of boot logs begin with; the machine's ARM id follows. */
export const bootLogPath = '/bootdiagnostics';
const fileName = '/serialconsole.log';

/**
 * Addresses of machines' boot logs that open without a token, as a SAS URI of Azure's storage does: signed with
 * HMAC-SHA-256, for one machine (its id and its `vmId`, so not for a later one of the same name), until a moment.
 */
export class BootLogLinks {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** Path and query of a machine's boot log, good until `expiresAt` (to the second). */
  issue(machine: ResourceRecord, expiresAt: Date): string {
    const expiry = `${expiresAt.toISOString().slice(0, 19)}Z`;
    const path = `${bootLogPath}${machine.id}${fileName}`.split('/').map(encodeURIComponent).join('/');
    return `${path}?${new URLSearchParams({ se: expiry, sp: 'r', sig: this.#sign(machine, expiry) }).toString()}`;
  }

  /** The ARM id in the path of a boot log's address, without `bootLogPath`; `undefined` for any other path. */
  machineIdIn(path: string): string | undefined {
    return path.endsWith(fileName) ? path.slice(0, -fileName.length) : undefined;
  }

  /** Whether a query lets its bearer read this machine's boot log at this moment. */
  opens(machine: ResourceRecord, query: URLSearchParams, now: Date): boolean {
    const expiry = query.get('se') ?? '';
    const isSigned = sameText(query.get('sig') ?? '', this.#sign(machine, expiry));
    return isSigned && Date.parse(expiry) > now.getTime();
  }

  #sign(machine: ResourceRecord, expiry: string): string {
    const vmId = textAt(machine.properties, 'vmId') ?? '';
    const signed = [machine.id.toLowerCase(), vmId, expiry].join('\n');
    return createHmac('sha256', this.#key).update(signed).digest('base64url');
  }
}
