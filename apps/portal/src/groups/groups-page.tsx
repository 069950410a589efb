import { Button, SearchBox, Title3, Tooltip, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useSubscriptions } from '../api/subscriptions.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { SubscriptionGroups } from './subscription-groups.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1 },
  search: { width: '320px', maxWidth: '100%' },
});

/** The resource groups of every subscription: each leads to how what is in it fits together. */
export function GroupsPage(): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  usePageTitle('Resource groups');
  const client = useQueryClient();
  const subscriptions = useSubscriptions();
  const problem = useShownProblem(subscriptions);
  const { q: query = '' } = useSearch({ from: '/resource-groups/' });
  const navigate = useNavigate({ from: '/resource-groups/' });
  const search = (text: string): void =>
    void navigate({ search: text === '' ? {} : { q: text }, replace: true, resetScroll: false });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['subscriptions'] });
  return (
    <div className={pageStyles.page}>
      <div className={styles.head}>
        <Title3 as="h1" className={styles.title}>
          Resource groups
        </Title3>
        <SearchBox
          className={styles.search}
          aria-label="Search the resource groups"
          placeholder="Name, region or tag"
          value={query}
          onChange={(_, { value }) => search(value)}
        />
        <Tooltip content="Refresh" relationship="label">
          <Button appearance="subtle" icon={<ArrowClockwiseRegular />} onClick={refresh} />
        </Tooltip>
      </div>
      {problem && (
        <ProblemBar problem={problem} title="The subscriptions could not be read." onRetry={refresh} />
      )}
      {subscriptions.isPending && !problem && (
        <SlowWait label="Reading the subscriptions…" onRetry={refresh} />
      )}
      {subscriptions.data?.length === 0 && (
        <p className={pageStyles.text}>There is no subscription that this portal may read.</p>
      )}
      {subscriptions.data?.map((subscription) => (
        <SubscriptionGroups key={subscription.subscriptionId} subscription={subscription} query={query} />
      ))}
    </div>
  );
}
