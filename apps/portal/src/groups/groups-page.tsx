import { Button, Title3, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowClockwiseRegular, FolderRegular } from '@fluentui/react-icons';
import type { Subscription } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { groupContentsQuery } from '../api/group-contents.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { LinkButton } from '../components/link-button.tsx';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { ResourceList } from '../components/resource-list/resource-list.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { type GroupRow, groupColumns } from './group-columns.tsx';
import { useGroupRows } from './use-group-rows.ts';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1 },
});

const noSubscriptions: readonly Subscription[] = [];
const noun = { one: 'resource group', many: 'resource groups' };
const keyOf = ({ group }: GroupRow): string => group.id;

/** The resource groups of every subscription: each leads to how what is in it fits together. */
export function GroupsPage(): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  usePageTitle('Resource groups');
  const client = useQueryClient();
  const subscriptions = useSubscriptions();
  const problem = useShownProblem(subscriptions);
  const { rows, pending, unread, countProblem } = useGroupRows(subscriptions.data ?? noSubscriptions);
  const hasNoSubscription = subscriptions.data?.length === 0;
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: ['subscriptions'] });
    void client.invalidateQueries({ queryKey: groupContentsQuery.queryKey });
  };
  // Where nothing can be read there is a problem to be seen, and nothing to wait for.
  const isHopeless = rows === undefined && (problem !== null || (unread.length > 0 && pending === 0));
  return (
    <div className={pageStyles.page}>
      <div className={styles.head}>
        <Title3 as="h1" className={styles.title}>
          Resource groups
        </Title3>
        <NameTooltip content="Refresh">
          <Button appearance="subtle" icon={<ArrowClockwiseRegular />} onClick={refresh} />
        </NameTooltip>
      </div>
      {problem && (
        <ProblemBar problem={problem} title="The subscriptions could not be read." onRetry={refresh} />
      )}
      {unread.map(({ subscription: { subscriptionId, displayName }, problem: own, readAt }) => (
        <ProblemBar
          key={subscriptionId}
          problem={own}
          readAt={readAt}
          title={
            readAt > 0
              ? `The resource groups of ${displayName} may be out of date.`
              : `The resource groups of ${displayName} could not be read.`
          }
          onRetry={refresh}
        />
      ))}
      {countProblem && rows && (
        <ProblemBar
          problem={countProblem}
          title="What is in the resource groups could not be counted."
          onRetry={refresh}
        />
      )}
      {!isHopeless && (
        <ResourceList
          noun={noun}
          rows={hasNoSubscription ? [] : rows}
          columns={groupColumns}
          keyOf={keyOf}
          placeholder="Name, location or tag"
          fileName="resource-groups"
          empty={hasNoSubscription ? noSubscription : noGroups}
          reading={
            pending > 0 && rows
              ? `Reading ${pending === 1 ? '1 more subscription' : `${pending} more subscriptions`}…`
              : undefined
          }
        />
      )}
    </div>
  );
}

const noSubscription = {
  icon: <FolderRegular />,
  title: 'No subscription',
  text: 'There is no subscription that this portal may read. Whoever runs it has to give it access to one.',
};

const noGroups = {
  icon: <FolderRegular />,
  title: 'No resource groups yet',
  text: 'A resource group holds what belongs together. A new container service can make its own.',
  action: (
    <LinkButton to="/create" appearance="primary" icon={<AddRegular />}>
      Create a container service
    </LinkButton>
  ),
};
