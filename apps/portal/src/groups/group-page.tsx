import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ListMessage } from '../components/resource-list/list-message.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';
import { emptyGroup } from './empty-group.tsx';
import { GroupTopology } from './group-topology.tsx';
import { useGroupTopologyData } from './group-topology-data.ts';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    gap: tokens.spacingVerticalM,
    // On a phone the drawing takes the whole width.
    '@media (max-width: 767px)': { paddingInline: 0, paddingBottom: 0 },
  },
  words: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
});

/** Any resource group and how what is in it fits together, whoever made it. */
export function GroupPage(): JSX.Element {
  const { subscriptionId, resourceGroup } = useParams({
    from: '/resource-groups/$subscriptionId/$resourceGroup',
  });
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const group = useGroupTopologyData(subscriptionId, resourceGroup);
  const { resources, problem, readAt, refetch } = group;
  if (!resources && !problem) return <SlowWait label={`Reading ${resourceGroup}…`} onRetry={refetch} />;
  return (
    <div className={mergeClasses(pageStyles.page, styles.page)}>
      {(problem || resources?.length === 0) && (
        <div className={styles.words}>
          {problem && (
            <ProblemBar
              problem={problem}
              readAt={readAt}
              title={resources ? 'This page may be out of date.' : 'The resource group could not be read.'}
              onRetry={refetch}
            />
          )}
          {resources?.length === 0 && <ListMessage {...emptyGroup({ subscriptionId, resourceGroup })} />}
        </div>
      )}
      {resources && resources.length > 0 && (
        <GroupTopology subscriptionId={subscriptionId} resourceGroup={resourceGroup} data={group} />
      )}
    </div>
  );
}
