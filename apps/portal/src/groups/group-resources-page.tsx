import { useParams } from '@tanstack/react-router';
import { type JSX, useMemo } from 'react';
import { useGroupResources } from '../api/group-resources.ts';
import { useRegionNames } from '../api/regions.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { type ResourceRow, asExtra, resourceColumns } from '../components/resource-list/resource-columns.tsx';
import { listedResources } from '../components/resource-list/listed-resources.ts';
import { ResourceList } from '../components/resource-list/resource-list.tsx';
import { resourceRows } from '../components/resource-list/resource-rows.ts';
import { useShownProblem } from '../components/shown-problem.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { emptyGroup } from './empty-group.tsx';

const noun = { one: 'resource', many: 'resources' };
const keyOf = ({ id }: ResourceRow): string => id;
const { name, type, location, cluster, state, tags, armType } = resourceColumns;
const columns = [name, type, location, cluster, state, tags, asExtra(armType)];

/** Everything in a resource group as a list, read from ARM itself. */
export function GroupResourcesPage(): JSX.Element {
  const { subscriptionId, resourceGroup } = useParams({
    from: '/resource-groups/$subscriptionId/$resourceGroup',
  });
  const pageStyles = usePageStyles();
  usePageTitle('Resources', resourceGroup);
  const read = useGroupResources(subscriptionId, resourceGroup);
  const problem = useShownProblem(read);
  const regionName = useRegionNames(useMemo(() => [subscriptionId], [subscriptionId]));
  const rows = useMemo(
    () =>
      read.data &&
      resourceRows(listedResources(read.data), {
        subscriptionId,
        subscription: '',
        resourceGroup,
        regionName,
      }),
    [read.data, subscriptionId, resourceGroup, regionName],
  );
  return (
    <div className={pageStyles.page}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={read.dataUpdatedAt}
          title={rows ? 'The list may be out of date.' : 'The resources could not be read.'}
          onRetry={() => void read.refetch()}
        />
      )}
      {(rows || !problem) && (
        <ResourceList
          noun={noun}
          rows={rows}
          columns={columns}
          keyOf={keyOf}
          placeholder="Name, type, location or tag"
          fileName={`${resourceGroup}-resources`}
          empty={emptyGroup({ subscriptionId, resourceGroup })}
        />
      )}
    </div>
  );
}
