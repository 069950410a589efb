import type { ArmResource } from '@slipway/contract';
import { listAt, textAt } from './json-reading.ts';

/** The resources around the one that is shown, to be found by their ids and those of their parts. */
export class Neighbours {
  readonly #byId: ReadonlyMap<string, ArmResource>;

  constructor(resources: readonly ArmResource[]) {
    this.#byId = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
  }

  get all(): readonly ArmResource[] {
    return [...this.#byId.values()];
  }

  /** The resource with this id, or the one that the id names a part of. */
  find(id: string | undefined): ArmResource | undefined {
    for (let at = id?.toLowerCase(); at?.includes('/providers/'); at = at.split('/').slice(0, -2).join('/')) {
      const known = this.#byId.get(at);
      if (known) return known;
    }
    return undefined;
  }

  /** Who has an address: the configuration of an interface by its id, with its machine where there is one. */
  holder(configurationId: string): AddressHolder {
    const nic = this.find(configurationId);
    const configuration = listAt(nic?.properties, 'ipConfigurations').find(
      (each) => textAt(each, 'id')?.toLowerCase() === configurationId.toLowerCase(),
    );
    return {
      id: textAt(nic?.properties, 'virtualMachine.id') ?? nic?.id ?? configurationId,
      address: textAt(configuration, 'properties.privateIPAddress'),
    };
  }
}

/** What has an address in a network. */
export interface AddressHolder {
  /** Of the machine, else of the interface, else of what is known only by its id. */
  id: string;
  address: string | undefined;
}

/** The ids of the objects in the list at a path: `[{ id }]`, as ARM writes references. */
export const idsAt = (value: unknown, path: string): string[] =>
  listAt(value, path).flatMap((item) => textAt(item, 'id') ?? []);
