import type { JsonObject, JsonValue } from '@slipway/arm-template';
import type { ObjectShape } from './body-shape.ts';
import type { MachineView } from '../machines/machine-driver.ts';
import type { ResourceId } from '../resource-id.ts';

/** A resource as the store keeps it. */
export interface ResourceRecord {
  id: string;
  /** Full type with canonical casing, for example `Microsoft.Network/virtualNetworks`. */
  type: string;
  /** Last segment of the name for children too: ARM's `name` property. */
  name: string;
  location?: string;
  tags?: Record<string, string>;
  /** Further top-level members that ARM returns as they were sent: sku, kind, zones, identity, plan, managedBy, … */
  envelope: JsonObject;
  /** What GET returns as `properties`, without `provisioningState`. */
  properties: JsonObject;
  /** Write-only values (customData, protectedSettings, account keys): compared and used, never returned. */
  secrets: JsonObject;
  provisioningState: string;
  /** Whether ARM's resource lists show it (tracked resources); false for parts such as scale-set instances. */
  listed: boolean;
  etag: string;
  createdAt: string;
  changedAt: string;
}

/** Read access to all resources; ids are compared without regard to case. */
export interface CloudView {
  get: (id: string) => ResourceRecord | undefined;
  list: (filter: {
    subscriptionId?: string;
    resourceGroup?: string;
    type?: string;
    /** Direct and indirect children of this id. */
    under?: string;
  }) => ResourceRecord[];
  /** What follows `<label>.<region>.` in the name of a public address. */
  readonly dnsSuffix: string;
  /** Absolute address of the ARM endpoint, no trailing slash. */
  readonly armEndpoint: string;
  /** What stands behind the VMs. */
  readonly machines: MachineView;
}

export interface PutRequest {
  id: ResourceId;
  apiVersion: string;
  /** The body as sent, after template evaluation: location, tags, sku, properties, … */
  body: JsonObject;
  existing: ResourceRecord | undefined;
  view: CloudView;
  now: Date;
}

/** A kind of work that takes time; `machines/pace.ts` says how long each takes at each pace. */
export type WorkKind =
  | 'publicIp'
  | 'network'
  | 'securityGroup'
  | 'loadBalancer'
  | 'networkInterface'
  | 'availabilitySet'
  | 'storageAccount'
  | 'disk'
  | 'virtualMachine'
  | 'extension'
  | 'scaleSet'
  | 'scaleSetInstance'
  | 'power'
  | 'generic';

/** Changes to several resources that take effect together. */
export interface RecordChanges {
  upsert: ResourceRecord[];
  /** Ids to remove, each with its children. */
  remove: string[];
}

export interface PutPlan {
  /** The resource as accepted; the caller sets provisioningState, etag and the times. */
  record: Omit<ResourceRecord, 'provisioningState' | 'etag' | 'createdAt' | 'changedAt'>;
  /** Resources that change with it at once, such as reserved addresses. */
  also?: RecordChanges;
  work: WorkKind;
  /** How many units of work (scale-set instances); 1 when absent. */
  units?: number;
}

/** The behaviour of one resource type. All functions are synchronous and free of side effects. */
export interface ResourceTypeHandler {
  readonly type: string;
  /** Newest first. */
  readonly apiVersions: readonly string[];
  /** `locations` of the provider's type, display names, or 'all' for every region. */
  readonly locations: 'all' | readonly string[];
  /** The status with which Azure answers the PUT of a new resource, where it is not 201. */
  readonly createdStatus?: 200;
  /** The status with which Azure answers the PUT of a resource that was there, where it is not 200. */
  readonly updatedStatus?: 201;
  /** Whether a PUT needs no body: the address says everything. */
  readonly isPutWithoutBody?: true;
  /**
   * What Azure's preflight refuses before anything is deployed; throws ArmError. `planned` are all requests of the
   * deployment, whose bodies may still hold `[reference(…)]` texts. `request.view` does not show planned resources.
   */
  preflight?: (request: PutRequest, planned: readonly PutRequest[]) => void;
  /** Accepts or refuses (ArmError) a PUT and says what the resource becomes. */
  put: (request: PutRequest) => PutPlan;
  /** Called when the work is done: changes to other resources and to this one (still without final state). */
  complete?: (record: ResourceRecord, view: CloudView, now: Date) => RecordChanges;
  /** Refuses a delete (ArmError: in use) or says what goes and changes with it. */
  remove?: (record: ResourceRecord, view: CloudView) => RecordChanges;
  /** Whether Azure answers a DELETE when it is done, and not with an operation to be followed. */
  readonly isRemovedAtOnce?: true;
  /** How long a delete takes: same table as PUT. */
  readonly removeWork?: WorkKind;
  /** What GET returns as `properties` beside what is stored: back-references and other computed values. */
  present?: (record: ResourceRecord, view: CloudView) => JsonObject;
  /** Members that join `properties` when a GET or list asks for them with `$expand`; keyed by lower-case name. */
  readonly expansions?: Readonly<Record<string, (record: ResourceRecord, view: CloudView) => JsonObject>>;
  /** Lists of descendants that lie deeper than one level, such as the interfaces of all instances; keyed by lower-case segment. */
  readonly collections?: Readonly<
    Record<string, (record: ResourceRecord, view: CloudView) => ResourceRecord[]>
  >;
  /** Resources of the type that are there at every scope without anybody making them, as GET returns them. */
  readonly standing?: (scope: string) => JsonObject[];
  /** Reads the `$filter` of lists of the type, where it is more than the usual; tells what of them it lets pass. */
  readonly filter?: (filter: string, scope: string) => (described: JsonObject) => boolean;
  /** POST actions by lower-case name, for example `listkeys`. */
  readonly actions?: Readonly<
    Record<string, (record: ResourceRecord, view: CloudView, body: JsonValue | undefined) => JsonValue>
  >;
  /** POST actions that change the resource at once, by lower-case name; their answer is that of an action of `actions`. */
  readonly changes?: Readonly<
    Record<
      string,
      {
        becomes: (record: ResourceRecord, body: JsonValue | undefined, now: Date) => ResourceRecord;
        answeredBy: string;
      }
    >
  >;
  /** Sub-resources that GET, HEAD and list can read (`…/instanceView`, inline subnets); keyed by lower-case segment. */
  readonly parts?: Readonly<
    Record<
      string,
      (record: ResourceRecord, view: CloudView, name: string | undefined) => JsonValue | undefined
    >
  >;
}

/** A provider namespace with its types and its routes under a subscription's location. */
export interface ResourceProvider {
  readonly namespace: string;
  readonly types: readonly ResourceTypeHandler[];
  /** What kinds of values bodies must have, by full type with canonical casing; checked before a handler sees one. */
  readonly shapes?: Readonly<Record<string, ObjectShape>>;
  /**
   * GET routes `/subscriptions/{s}/providers/{namespace}/{path}`, keyed by lower-case path with `{location}` and
   * `{name}` as placeholders, for example `locations/{location}/checkdnsnameavailability` or `skus`.
   */
  readonly subscriptionRoutes?: Readonly<
    Record<
      string,
      (call: {
        subscriptionId: string;
        params: Readonly<Record<string, string>>;
        query: Readonly<Record<string, string>>;
        view: CloudView;
      }) => JsonValue
    >
  >;
  /** POST routes `/subscriptions/{s}/providers/{namespace}/{name}`, by lower-case name: `checknameavailability`. */
  readonly subscriptionActions?: Readonly<
    Record<string, (call: { body: JsonValue | undefined; view: CloudView }) => JsonValue>
  >;
}
