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
    list: (filter) => {
      const isListed = listTest(filter);
      return [
        ...view.list(filter).filter((record) => !replaced.has(record.id.toLowerCase())),
        ...records.filter((record) => isListed(record.id.toLowerCase(), record)),
      ];
    },
  };
}

/** Tells of a record, with its id in lower case, whether a view's `list` with this filter has it. */
export function listTest({
  subscriptionId,
  resourceGroup,
  type,
  under,
}: Parameters<CloudView['list']>[0]): (key: string, record: ResourceRecord) => boolean {
  const subscription = subscriptionId && `/subscriptions/${subscriptionId.toLowerCase()}/`;
  const group = resourceGroup && `/resourcegroups/${resourceGroup.toLowerCase()}/`;
  const within = under && `${under.toLowerCase()}/`;
  return (key, record) =>
    (subscription === undefined || key.startsWith(subscription)) &&
    (group === undefined || key.includes(group)) &&
    (type === undefined || sameText(record.type, type)) &&
    (within === undefined || key.startsWith(within));
}
