import { mergeClasses } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import type { ClusterPath, ClusterState } from '@slipway/contract';
import { type JSX, useCallback, useEffect, useRef, useState } from 'react';
import { isClusterMissing, isPassing } from '../api/client.ts';
import { clusterQuery, useCluster } from '../api/cluster.ts';
import { clustersQuery } from '../api/clusters.ts';
import { PlaceLayout, PlaceTitle } from '../components/place-head.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { useCrumbs } from '../shell/crumbs.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { ClusterGone } from './cluster-gone.tsx';
import { ClusterTabs } from './cluster-tabs.tsx';
import { DeleteCommandContext } from './delete-command.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { usePageStyles } from './page-styles.ts';
import { StateBadge } from './state-badge.tsx';
import { useAutomaticMoments } from './topology/explorer/use-automatic-moments.ts';
import { useClusterPath } from './use-cluster-path.ts';

/** The layout of one container service: name, state, commands, the menu of its pages, and the page. */
export function ClusterPage(): JSX.Element {
  const pageStyles = usePageStyles();
  const path = useClusterPath();
  const cluster = useCluster(path);
  const client = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const openDelete = useCallback(() => setDeleting(true), []);
  // The deployment's page says itself when its line is cut.
  const tellsCutLine = useLocation().pathname.endsWith('/deployment');
  const crumbs = useCrumbs();
  usePageTitle(...crumbs.map(({ label }) => label).toReversed());
  useFreshPages(path, cluster.data?.state);
  useAutomaticMoments(path, cluster.data?.state);

  const problem = useShownProblem(cluster);
  const isMissing = isClusterMissing(cluster.error);
  if (isMissing) return <ClusterGone name={path.name} lastState={cluster.data?.state} />;
  if (!cluster.data) {
    if (!problem) return <SlowWait label={`Reading ${path.name}…`} onRetry={() => void cluster.refetch()} />;
    return (
      <div className={mergeClasses(pageStyles.page, pageStyles.readable)}>
        <PlaceTitle name={path.name} facts={[]} />
        <ProblemBar
          problem={problem}
          title={`${path.name} could not be read.`}
          onRetry={() => void cluster.refetch()}
        />
      </div>
    );
  }
  const { state } = cluster.data;
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['cluster'] });
  return (
    <PlaceLayout
      title={{ name: path.name, state: <StateBadge state={state} />, facts: ['Container service'] }}
      deleteLabel="Delete"
      canDelete={state !== 'deleting'}
      onDelete={openDelete}
      onRefresh={refresh}
      head={
        <>
          {cluster.error && !(tellsCutLine && isPassing(cluster.error)) && (
            <ProblemBar
              problem={cluster.error}
              title="This page may be out of date."
              readAt={cluster.dataUpdatedAt}
              onRetry={() => void cluster.refetch()}
            />
          )}
          <ClusterTabs path={path} />
        </>
      }
    >
      <DeleteCommandContext value={openDelete}>
        <Outlet />
      </DeleteCommandContext>
      <DeleteDialog cluster={cluster.data} open={deleting} onClose={() => setDeleting(false)} />
    </PlaceLayout>
  );
}

/** When ARM's work on a cluster begins or ends, what its pages have read before is out of date. */
function useFreshPages(path: ClusterPath, state: ClusterState | undefined): void {
  const client = useQueryClient();
  const { subscriptionId, resourceGroup, name } = path;
  const known = useRef(state);
  useEffect(() => {
    const before = known.current;
    known.current = state;
    if (state === undefined || before === undefined || before === state) return;
    // The list, and with it the notifications, learn of it at once.
    void client.invalidateQueries({ queryKey: clustersQuery.queryKey });
    const own = clusterQuery({ subscriptionId, resourceGroup, name }).queryKey;
    void client.invalidateQueries({
      queryKey: own,
      predicate: ({ queryKey }) => queryKey.length > own.length,
    });
  }, [client, subscriptionId, resourceGroup, name, state]);
}
