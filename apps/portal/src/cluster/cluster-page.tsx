import {
  Body1,
  Title2,
  Toolbar,
  ToolbarButton,
  makeStyles,
  mergeClasses,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { ArrowClockwiseRegular, DeleteRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import type { ClusterPath, ClusterState } from '@slipway/contract';
import { type JSX, useCallback, useEffect, useRef, useState } from 'react';
import { isClusterMissing, isPassing } from '../api/client.ts';
import { clusterQuery, useCluster } from '../api/cluster.ts';
import { clustersQuery } from '../api/clusters.ts';
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

const useStyles = makeStyles({
  layout: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  head: {
    display: 'grid',
    alignContent: 'start',
    flexShrink: 0,
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL} 0`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  title: {
    minHeight: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
  },
  name: { margin: 0, overflowWrap: 'anywhere' },
  kind: { color: tokens.colorNeutralForeground3 },
  toolbar: {
    padding: 0,
    marginLeft: 'auto',
    marginRight: '-12px',
    '@media (max-width: 767px)': { marginLeft: '-12px', marginRight: 0 },
  },
});

/** The layout of one container service: name, state, commands, the menu of its pages, and the page. */
export function ClusterPage(): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const restoreFocus = useRestoreFocusTarget();
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
        <Title2 as="h1" className={styles.name}>
          {path.name}
        </Title2>
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
    <div className={styles.layout}>
      <header className={styles.head}>
        <div className={styles.title}>
          <Title2 as="h1" className={styles.name}>
            {path.name}
          </Title2>
          <StateBadge state={state} />
          <Body1 className={styles.kind}>Container service</Body1>
          <Toolbar aria-label="Commands" className={styles.toolbar}>
            <ToolbarButton
              {...restoreFocus}
              icon={<DeleteRegular />}
              disabled={state === 'deleting'}
              onClick={openDelete}
            >
              Delete
            </ToolbarButton>
            <ToolbarButton icon={<ArrowClockwiseRegular />} onClick={refresh}>
              Refresh
            </ToolbarButton>
          </Toolbar>
        </div>
        {cluster.error && !(tellsCutLine && isPassing(cluster.error)) && (
          <ProblemBar
            problem={cluster.error}
            title="This page may be out of date."
            readAt={cluster.dataUpdatedAt}
            onRetry={() => void cluster.refetch()}
          />
        )}
        <ClusterTabs path={path} />
      </header>
      <DeleteCommandContext value={openDelete}>
        <Outlet />
      </DeleteCommandContext>
      <DeleteDialog cluster={cluster.data} open={deleting} onClose={() => setDeleting(false)} />
    </div>
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
