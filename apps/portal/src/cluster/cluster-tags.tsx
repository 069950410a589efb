import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { useLocks, useTags } from '../api/governance.ts';
import { ResourceLink } from '../components/resource-link.tsx';
import { EditableTags } from '../components/resource-list/tag-pills.tsx';

/** The tags of a container service's deployment stack, with the way to change them. */
export function ClusterTags({ cluster }: { cluster: Cluster }): JSX.Element {
  const { data } = useTags(cluster.id);
  const link = (words: string): JSX.Element => (
    <ResourceLink id={cluster.id} view="tags">
      {words}
    </ResourceLink>
  );
  // As long as they have not been read, nobody knows that there are none.
  return data ? <EditableTags tags={data.tags}>{link}</EditableTags> : link('See the tags');
}

/** How many locks hold for a container service's deployment stack, with the way to them. */
export function ClusterLocks({ cluster }: { cluster: Cluster }): JSX.Element {
  const { data } = useLocks(cluster.id);
  const count = data?.filter(({ place }) => place !== 'below').length;
  return (
    <ResourceLink id={cluster.id} view="locks">
      {count === undefined ? 'See the locks' : wordsOf(count)}
    </ResourceLink>
  );
}

const wordsOf = (count: number): string => (count === 0 ? 'None' : count === 1 ? '1 lock' : `${count} locks`);
