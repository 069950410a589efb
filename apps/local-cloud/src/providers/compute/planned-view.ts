import { sameText } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';

/** The view as it will be once some records are stored: several interfaces of one request must not share an address. */
export function withRecords(view: CloudView, records: readonly ResourceRecord[]): CloudView {
  const replaced = new Set(records.map((record) => record.id.toLowerCase()));
  return {
    dnsSuffix: view.dnsSuffix,
    armEndpoint: view.armEndpoint,
    machines: view.machines,
    get: (id) => records.find((record) => sameText(record.id, id)) ?? view.get(id),
    list: (filter) => [
      ...view.list(filter).filter((record) => !replaced.has(record.id.toLowerCase())),
      ...records.filter((record) => isInList(record, filter)),
    ],
  };
}

/** Whether a view's `list` with this filter has the record in it. */
export function isInList(record: ResourceRecord, filter: Parameters<CloudView['list']>[0]): boolean {
  const id = record.id.toLowerCase();
  const { subscriptionId, resourceGroup, type, under } = filter;
  return (
    (subscriptionId === undefined || id.startsWith(`/subscriptions/${subscriptionId.toLowerCase()}/`)) &&
    (resourceGroup === undefined || id.includes(`/resourcegroups/${resourceGroup.toLowerCase()}/`)) &&
    (type === undefined || sameText(record.type, type)) &&
    (under === undefined || id.startsWith(`${under.toLowerCase()}/`))
  );
}
