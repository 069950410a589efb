import type { ResourceGroup } from '@slipway/contract';
import { PageLink } from '../components/page-link.tsx';
import type { ListColumn } from '../components/resource-list/list-column.ts';
import { TagPills, tagWords } from '../components/resource-list/tag-pills.tsx';

/** A resource group with what the list says of it. */
export interface GroupRow {
  group: ResourceGroup;
  subscriptionId: string;
  /** The subscription's name. */
  subscription: string;
  region: string;
  /** Undefined while they are not counted. */
  resources: number | undefined;
  clusters: readonly string[];
}

/** The columns of the list of resource groups. */
export const groupColumns: readonly ListColumn<GroupRow>[] = [
  {
    id: 'name',
    label: 'Name',
    width: 200,
    text: ({ group }) => group.name,
    cell: ({ group, subscriptionId }) => (
      <PageLink
        to="/resource-groups/$subscriptionId/$resourceGroup"
        params={{ subscriptionId, resourceGroup: group.name }}
      >
        {group.name}
      </PageLink>
    ),
  },
  {
    id: 'subscription',
    label: 'Subscription',
    width: 140,
    text: ({ subscription }) => subscription,
    isShared: true,
    isGroup: true,
  },
  {
    id: 'location',
    label: 'Location',
    width: 120,
    text: ({ region }) => region,
    isShared: true,
    isGroup: true,
  },
  {
    id: 'state',
    label: 'State',
    width: 110,
    text: ({ group }) => group.provisioningState ?? '',
    isWhole: true,
    isShared: true,
    isGroup: true,
  },
  {
    id: 'resources',
    label: 'Resources',
    width: 110,
    text: ({ resources }) => resources?.toLocaleString() ?? '',
    order: ({ resources }) => resources ?? -1,
  },
  {
    id: 'clusters',
    label: 'Container services',
    width: 170,
    text: ({ clusters }) => clusters.join(', '),
    values: ({ clusters }) => clusters,
    cell: ({ clusters, subscriptionId, group }) =>
      clusters.map((name, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <PageLink
            to="/clusters/$subscriptionId/$resourceGroup/$name"
            params={{ subscriptionId, resourceGroup: group.name, name }}
          >
            {name}
          </PageLink>
        </span>
      )),
    isShared: true,
  },
  {
    id: 'tags',
    label: 'Tags',
    width: 220,
    text: ({ group }) => tagWords(group.tags).join('; '),
    values: ({ group }) => tagWords(group.tags),
    cell: ({ group }, isOneLine) => <TagPills tags={group.tags} isOneLine={isOneLine} />,
    isShared: true,
  },
];
