import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import { objectsAt, textAt } from '../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { parseResourceId } from '../resource-id.ts';
import type { Store } from '../store/store.ts';
import { describeSubscription, subscriptionId, subscriptionName, tenantId } from '../resources/places.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import { describeResource } from '../resources/resource-description.ts';
import { describeGroup, type ResourceGroups } from '../resources/resource-groups.ts';
import type { ResourceGroup } from '../store/documents.ts';
import { queryError, shortened, type QueryPlace } from './query-error.ts';
import { LaterValue, type Cell, type Column, type Row, type Table } from './scalar-types.ts';

/** Columns that all tables have, in Azure's order. */
const columns: readonly Column[] = [
  { name: 'id', type: 'string' },
  { name: 'name', type: 'string' },
  { name: 'type', type: 'string' },
  { name: 'tenantId', type: 'string' },
  { name: 'kind', type: 'string' },
  { name: 'location', type: 'string' },
  { name: 'resourceGroup', type: 'string' },
  { name: 'subscriptionId', type: 'string' },
  { name: 'managedBy', type: 'string' },
  { name: 'sku', type: 'dynamic' },
  { name: 'plan', type: 'dynamic' },
  { name: 'properties', type: 'dynamic' },
  { name: 'tags', type: 'dynamic' },
  { name: 'identity', type: 'dynamic' },
  { name: 'zones', type: 'dynamic' },
  { name: 'extendedLocation', type: 'dynamic' },
];

/** Where Resource Graph has scale-set instances and their interfaces. Source: Azure's list of its tables and types. */
const instanceTypes = [
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces',
];

/** What a row has in its columns; what is left out is empty. */
interface Content {
  id: string;
  name: string;
  type: string;
  location?: string | undefined;
  resourceGroup?: string | undefined;
  tags?: JsonValue | undefined;
  envelope?: JsonObject;
  properties: Cell;
}

export interface TableParts {
  store: Store;
  view: CloudView;
  groups: ResourceGroups;
  directory: ProviderDirectory;
}

/** The tables of the local cloud's Resource Graph, which is never behind the cloud itself. */
export class GraphTables {
  readonly #parts: TableParts;
  readonly #tables: ReadonlyMap<string, { name: string; contents: () => Content[] }>;

  constructor(parts: TableParts) {
    this.#parts = parts;
    const { view } = parts;
    this.#tables = new Map(
      [
        {
          name: 'Resources',
          contents: () =>
            view
              .list({ subscriptionId })
              .filter(({ listed }) => listed)
              .map((record) => this.#resource(record)),
        },
        { name: 'ResourceContainers', contents: () => this.#containers() },
        {
          name: 'ComputeResources',
          contents: () =>
            instanceTypes.flatMap((type) =>
              view.list({ subscriptionId, type }).map((record) => this.#resource(record)),
            ),
        },
      ].map((table) => [table.name.toLowerCase(), table]),
    );
  }

  /**
   * A table by its name, whose case does not matter here; `Resources` where a query names none. Rows are in the order of
   * their ids. Source of the error: public code that reads Azure's answer.
   */
  open(table: { name: string; place: QueryPlace } | undefined): Table {
    const found = this.#tables.get(table?.name.toLowerCase() ?? 'resources');
    if (!found)
      throw queryError(
        'DisallowedLogicalTableName',
        `Table ${shortened(table?.name ?? '')} is invalid, unsupported or disallowed. This cloud has ${[...this.#tables.values()].map(({ name }) => name).join(', ')}.`,
        table?.place,
      );
    const rows = found
      .contents()
      .map((content) => ({ key: content.id.toLowerCase(), row: rowOf(content) }))
      .toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
    return { columns, rows: rows.map(({ row }) => row) };
  }

  #resource(record: ResourceRecord): Content {
    return {
      id: record.id,
      name: record.name,
      type: record.type,
      location: record.location,
      resourceGroup: parseResourceId(record.id)?.resourceGroup,
      tags: record.tags,
      envelope: record.envelope,
      properties: new LaterValue(() => this.#properties(record)),
    };
  }

  /** What GET returns, and what Resource Graph adds to it as `extended`: of machines their power. */
  #properties(record: ResourceRecord): JsonValue {
    const { directory, view } = this.#parts;
    const { properties = {} } = describeResource(record, directory, view);
    const instanceView = directory.handler(record.type)?.expansions?.['instanceview']?.(record, view);
    const power = objectsAt(instanceView, 'instanceView', 'statuses').find((status) =>
      textAt(status, 'code')?.startsWith('PowerState/'),
    );
    if (power === undefined || !isJsonObject(properties)) return properties;
    return { ...properties, extended: { instanceView: { powerState: power } } };
  }

  #containers(): Content[] {
    const { state, subscriptionPolicies } = describeSubscription(
      this.#parts.store.subscriptions.get(subscriptionId)?.tags,
    );
    return [
      {
        id: `/subscriptions/${subscriptionId}`,
        name: subscriptionName,
        type: 'Microsoft.Resources/subscriptions',
        properties: { state: state ?? null, subscriptionPolicies: subscriptionPolicies ?? null },
      },
      ...this.#parts.groups.list(subscriptionId).map(groupContent),
    ];
  }
}

function groupContent(group: ResourceGroup): Content {
  const { id, name, location, tags, managedBy, properties } = describeGroup(group);
  return {
    id,
    name,
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    location,
    resourceGroup: name,
    tags,
    envelope: managedBy === undefined ? {} : { managedBy },
    properties: properties ?? null,
  };
}

/** Types, groups and regions are in lower case, as in Azure's tables. */
function rowOf({ id, name, type, location, resourceGroup, tags, envelope = {}, properties }: Content): Row {
  const cells: Readonly<Record<string, Cell | undefined>> = {
    id,
    name,
    type: type.toLowerCase(),
    tenantId,
    kind: textAt(envelope, 'kind'),
    location: location?.toLowerCase(),
    resourceGroup: resourceGroup?.toLowerCase(),
    subscriptionId,
    managedBy: textAt(envelope, 'managedBy'),
    sku: envelope['sku'],
    plan: envelope['plan'],
    properties,
    tags,
    identity: envelope['identity'],
    zones: envelope['zones'],
    extendedLocation: envelope['extendedLocation'],
  };
  return columns.map((column) => cells[column.name] ?? (column.type === 'string' ? '' : null));
}
