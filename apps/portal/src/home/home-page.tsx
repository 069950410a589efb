import { Button, Title3, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowClockwiseRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { useClusters, useUnreadPlaces } from '../api/clusters.ts';
import { LinkButton } from '../components/link-button.tsx';
import { narrowQuery, useMediaQuery } from '../components/media-query.ts';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { ClusterCards } from './cluster-cards.tsx';
import { ClusterTable } from './cluster-table.tsx';
import { EmptyList } from './empty-list.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { UnreadPlaces } from './unread-places.tsx';

const useStyles = makeStyles({
  page: {
    display: 'grid',
    gap: tokens.spacingVerticalL,
    alignContent: 'start',
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    '@media (max-width: 767px)': { padding: tokens.spacingHorizontalL },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1 },
});

/** The list of container services: what there is, how it is doing, and the way to a new one. */
export function HomePage(): JSX.Element {
  const styles = useStyles();
  usePageTitle('Container services');
  const clusters = useClusters();
  const unread = useUnreadPlaces();
  const problem = useShownProblem(clusters);
  const narrow = useMediaQuery(narrowQuery);
  const List = narrow ? ClusterCards : ClusterTable;
  const retry = (): void => void clusters.refetch();
  const hasClusters = clusters.data !== undefined && clusters.data.length > 0;
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
            onClick={retry}
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
      <UnreadPlaces places={unread} />
      {clusters.isPending && !problem && <ListSkeleton />}
      {hasClusters && <List clusters={clusters.data} />}
      {clusters.data?.length === 0 && <EmptyList />}
    </div>
  );
}
