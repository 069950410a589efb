import { ArmError } from '../../arm-error.ts';
import { sameText, textAt } from '../json-reading.ts';
import type { CloudView } from '../provider.ts';
import type { SubResource } from '../sub-resources.ts';
import { addressNumber, addressText, parseAddressRange } from './address-range.ts';
import type { AddressRange } from './address-range.ts';
import { holdersInSubnet } from './ip-configurations.ts';
import { subnetPrefixes } from './subnet-rules.ts';

/** Azure keeps the first four addresses of a subnet and its last one for itself. */
const reservedAtStart = 4n;

/** Gives out the private addresses of one subnet: dynamic ones from .4 upwards, static ones when they are free. */
export class SubnetAddresses {
  readonly #subnetId: string;
  readonly #ranges: readonly AddressRange[];
  /** Address text to the id of what holds it. */
  readonly #taken = new Map<string, string>();

  /** `exceptOwnerId` names a resource whose present addresses count as free, because it is being put again. */
  constructor(view: CloudView, subnetId: string, subnet: SubResource, exceptOwnerId: string) {
    this.#subnetId = subnetId;
    this.#ranges = subnetPrefixes(subnet.properties).map((prefix) => parseAddressRange(prefix, subnetId));
    for (const holder of holdersInSubnet(view, subnetId)) {
      const address = textAt(holder.item.properties, 'privateIPAddress');
      if (address !== undefined && !sameText(holder.owner.id, exceptOwnerId)) {
        this.#taken.set(address, holder.owner.id);
      }
    }
  }

  /** Takes a stated address for an IP configuration, or refuses as Azure does. */
  take(address: string, configurationId: string, ownerId: string): string {
    const parsed = addressNumber(address);
    const range =
      parsed &&
      this.#ranges.find(
        (candidate) =>
          candidate.family === parsed.family &&
          candidate.first <= parsed.value &&
          parsed.value <= candidate.last,
      );
    if (!parsed || !range) {
      throw new ArmError(
        400,
        'PrivateIPAddressNotInSubnet',
        `Private static IP address ${address} does not belong to the range of subnet prefix ${this.#prefixText()}.`,
      );
    }
    if (parsed.value < range.first + reservedAtStart || parsed.value === range.last) {
      throw new ArmError(
        400,
        'PrivateIPAddressInReservedRange',
        `Private static IP address ${address} falls within reserved IP range of subnet prefix ${range.text}.`,
      );
    }
    const text = addressText(parsed.family, parsed.value);
    const holder = this.#taken.get(text);
    if (holder !== undefined) {
      throw new ArmError(
        400,
        'PrivateIPAddressIsAllocated',
        `IP configuration ${configurationId} is using the private IP address ${text} which is already allocated to resource ${holder}.`,
      );
    }
    this.#taken.set(text, ownerId);
    return text;
  }

  /** Takes `preferred` when it is free and in the subnet, else the lowest free address. */
  takeNext(ownerId: string, family: 'ipv4' | 'ipv6', preferred?: string): string {
    if (preferred !== undefined && this.#isFree(preferred)) {
      this.#taken.set(preferred, ownerId);
      return preferred;
    }
    for (const range of this.#ranges) {
      if (range.family !== family) continue;
      for (let value = range.first + reservedAtStart; value < range.last; value += 1n) {
        const text = addressText(family, value);
        if (this.#taken.has(text)) continue;
        this.#taken.set(text, ownerId);
        return text;
      }
    }
    const name = this.#subnetId.slice(this.#subnetId.lastIndexOf('/') + 1);
    throw new ArmError(
      400,
      'SubnetIsFull',
      `Subnet ${name} with address prefix ${this.#prefixText()} does not have enough capacity for 1 IP addresses.`,
    );
  }

  #isFree(address: string): boolean {
    const parsed = addressNumber(address);
    if (!parsed || this.#taken.has(address)) return false;
    return this.#ranges.some(
      (range) =>
        range.family === parsed.family &&
        range.first + reservedAtStart <= parsed.value &&
        parsed.value < range.last,
    );
  }

  #prefixText(): string {
    return this.#ranges.map((range) => range.text).join(',');
  }
}
