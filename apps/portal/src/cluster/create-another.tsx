import { AddRegular } from '@fluentui/react-icons';
import type { ClusterPath } from '@slipway/contract';
import type { JSX } from 'react';
import { useCluster } from '../api/cluster.ts';
import { LinkButton } from '../components/link-button.tsx';
import { fittingValues, longestLink } from '../create/prefill-values.ts';
import { TagsStayBehind } from '../create/tags-stay-behind.tsx';
import { anotherLike } from './wizard-values.ts';

/** Opens the wizard with the values of this container service, for a second one beside it. */
export function CreateAnother({ path }: { path: ClusterPath }): JSX.Element | null {
  const { data: cluster } = useCluster(path);
  if (!cluster) return null;
  const { values, isWithoutTags } = fittingValues(anotherLike(cluster), longestLink);
  return (
    <>
      <LinkButton to="/create" search={values} icon={<AddRegular />}>
        Create another like this
      </LinkButton>
      {isWithoutTags && <TagsStayBehind />}
    </>
  );
}
