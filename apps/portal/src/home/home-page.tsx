import { Button, Title3, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowClockwiseRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type JSX, Suspense, lazy } from 'react';
import { isRunning, useClusters, useUnreadPlaces } from '../api/clusters.ts';
import { patiently } from '../api/page-code.ts';
import { recentDeploymentsKey } from '../api/recent-deployments.ts';
import { LinkButton } from '../components/link-button.tsx';
import { ListSkeleton } from '../components/list-skeleton.tsx';
import { cardsQuery, useMediaQuery } from '../components/media-query.ts';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SkeletonBar } from '../components/skeleton-bar.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { ClusterCards } from './cluster-cards.tsx';
import { ClusterTable } from './cluster-table.tsx';
import { type HomeSearch, viewedClusters } from './cluster-view.ts';
import { EmptyList } from './empty-list.tsx';
import { RecentDeployments } from './recent-deployments.tsx';

const route = getRouteApi('/');

/** Fewer are seen at a glance. */
const fewClusters = 7;

const UnreadPlaces = lazy(
  patiently(async () => ({ default: (await import('./unread-places.tsx')).UnreadPlaces })),
);
/** Only long lists have them. */
const ListTools = lazy(patiently(async () => ({ default: (await import('./list-tools.tsx')).ListTools })));

const useStyles = makeStyles({
  page: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalL,
    alignContent: 'start',
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    '@media (max-width: 767px)': { padding: tokens.spacingHorizontalL },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1 },
  nothing: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    overflowWrap: 'anywhere',
  },
});

/** The list of container services: what there is, how it is doing, and the way to a new one. */
export function HomePage(): JSX.Element {
  const styles = useStyles();
  usePageTitle('Container services');
  const clusters = useClusters();
  const unread = useUnreadPlaces();
  const problem = useShownProblem(clusters);
  const narrow = useMediaQuery(cardsQuery);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const look = (next: HomeSearch): void => void navigate({ search: next, replace: true, resetScroll: false });
  const client = useQueryClient();
  const retry = (): void => void clusters.refetch();
  const refresh = (): void => {
    retry();
    void client.invalidateQueries({ queryKey: recentDeploymentsKey });
  };
  const all = clusters.data ?? [];
  const hasClusters = all.length > 0;
  const hasTools = all.length > fewClusters || search.q !== undefined;
  const shown = viewedClusters(all, search);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <Title3 as="h1" className={styles.title}>
          Container services
        </Title3>
        <NameTooltip content="Refresh">
          <Button
            appearance="subtle"
            icon={<ArrowClockwiseRegular />}
            disabledFocusable={clusters.isFetching}
            onClick={refresh}
          />
        </NameTooltip>
        {hasClusters && (
          <LinkButton to="/create" appearance="primary" icon={<AddRegular />}>
            Create
          </LinkButton>
        )}
      </div>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={clusters.dataUpdatedAt}
          title={
            clusters.data
              ? 'The list could not be refreshed. It shows what was read last.'
              : 'The list of container services could not be read.'
          }
          onRetry={retry}
        />
      )}
      {unread.length > 0 && (
        <Suspense fallback={null}>
          <UnreadPlaces places={unread} />
        </Suspense>
      )}
      {clusters.isPending && !problem && <ListSkeleton label="Reading the container services" />}
      {hasClusters && hasTools && (
        <Suspense fallback={<SkeletonBar />}>
          <ListTools search={search} found={shown.length} all={all.length} narrow={narrow} onChange={look} />
        </Suspense>
      )}
      {shown.length > 0 &&
        (narrow ? (
          <ClusterCards clusters={shown} />
        ) : (
          <ClusterTable clusters={shown} sort={search.sort} onSort={(sort) => look({ ...search, sort })} />
        ))}
      {hasClusters && shown.length === 0 && (
        <div className={styles.nothing}>
          No container service matches “{search.q}”.
          <Button onClick={() => look({ ...search, q: undefined })}>Clear the search</Button>
        </div>
      )}
      {clusters.data?.length === 0 && <EmptyList />}
      {hasClusters && <RecentDeployments isWorking={all.some(isRunning)} />}
    </div>
  );
}
