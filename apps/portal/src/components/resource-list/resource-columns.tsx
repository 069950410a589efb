import { makeStyles, tokens } from '@fluentui/react-components';
import { displayNameOfType, kindOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { PieceIcon, pieceColor } from '../../cluster/topology/piece-look.tsx';
import { PageLink } from '../page-link.tsx';
import { ResourceLink } from '../resource-link.tsx';
import type { ListColumn } from './list-column.ts';
import { TagPills, tagWords } from './tag-pills.tsx';

/** A resource as lists show it. */
export interface ResourceRow {
  id: string;
  subscriptionId: string;
  /** The subscription's name. */
  subscription: string;
  resourceGroup: string;
  /** Names of all its levels, for example `vm0/configuremaster`. */
  name: string;
  /** ARM's type. */
  type: string;
  /** By the name that people know; empty where it has none. */
  region: string;
  /** ARM's word; empty where it says none. */
  state: string;
  /** The container service that it belongs to; empty where it belongs to none. */
  cluster: string;
  tags: Readonly<Record<string, string>>;
}

const useStyles = makeStyles({
  type: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    maxWidth: '100%',
    verticalAlign: 'middle',
  },
  icon: { display: 'flex', flexShrink: 0, fontSize: '20px' },
  words: { overflow: 'hidden', textOverflow: 'ellipsis' },
});

function TypeCell({ type }: { type: string }): JSX.Element {
  const styles = useStyles();
  const kind = kindOfType(type);
  return (
    <span className={styles.type}>
      <span className={styles.icon} style={{ color: pieceColor(kind) }}>
        <PieceIcon kind={kind} />
      </span>
      <span className={styles.words}>{displayNameOfType(type)}</span>
    </span>
  );
}

/** What lists of resources can say of each, by itself; a list takes what differs in it. */
export const resourceColumns = {
  name: {
    id: 'name',
    label: 'Name',
    width: 200,
    text: ({ name }) => name,
    cell: ({ id, name }) => <ResourceLink id={id}>{name}</ResourceLink>,
  },
  type: {
    id: 'type',
    label: 'Type',
    width: 150,
    text: ({ type }) => displayNameOfType(type),
    cell: ({ type }) => <TypeCell type={type} />,
    isShared: true,
    isGroup: true,
  },
  group: {
    id: 'group',
    label: 'Resource group',
    width: 140,
    text: ({ resourceGroup }) => resourceGroup,
    cell: ({ subscriptionId, resourceGroup }) => (
      <PageLink
        to="/resource-groups/$subscriptionId/$resourceGroup"
        params={{ subscriptionId, resourceGroup }}
      >
        {resourceGroup}
      </PageLink>
    ),
    isShared: true,
    isGroup: true,
  },
  location: {
    id: 'location',
    label: 'Location',
    width: 110,
    text: ({ region }) => region,
    isShared: true,
    isGroup: true,
  },
  subscription: {
    id: 'subscription',
    label: 'Subscription',
    width: 130,
    text: ({ subscription }) => subscription,
    isShared: true,
    isGroup: true,
  },
  cluster: {
    id: 'cluster',
    label: 'Container service',
    width: 140,
    text: ({ cluster }) => cluster,
    cell: ({ subscriptionId, resourceGroup, cluster }) => (
      <PageLink
        to="/clusters/$subscriptionId/$resourceGroup/$name"
        params={{ subscriptionId, resourceGroup, name: cluster }}
      >
        {cluster}
      </PageLink>
    ),
    isShared: true,
    isGroup: true,
  },
  tags: {
    id: 'tags',
    label: 'Tags',
    width: 170,
    text: ({ tags }) => tagWords(tags).join('; '),
    values: ({ tags }) => tagWords(tags),
    cell: ({ tags }, isOneLine) => <TagPills tags={tags} isOneLine={isOneLine} />,
    isShared: true,
  },
  state: {
    id: 'state',
    label: 'State',
    width: 100,
    text: ({ state }) => state,
    isWhole: true,
    isShared: true,
    isGroup: true,
  },
  armType: {
    id: 'armType',
    label: 'ARM type',
    width: 280,
    text: ({ type }) => type,
    isShared: true,
    isExtra: true,
  },
} as const satisfies Record<string, ListColumn<ResourceRow>>;

/** The same column, shown only when it is chosen. */
export const asExtra = (column: ListColumn<ResourceRow>): ListColumn<ResourceRow> => ({
  ...column,
  isExtra: true,
});
