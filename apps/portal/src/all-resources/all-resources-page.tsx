import { Button, Title3, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowClockwiseRegular, AppsListRegular } from '@fluentui/react-icons';
import { type JSX, useMemo } from 'react';
import { useRegionNames } from '../api/regions.ts';
import { type ReadResources, useAllResources } from '../api/resources.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { LinkButton } from '../components/link-button.tsx';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { type ResourceRow, resourceColumns } from '../components/resource-list/resource-columns.tsx';
import { ResourceList } from '../components/resource-list/resource-list.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { usePageTitle } from '../shell/page-title.ts';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1 },
});

const noun = { one: 'resource', many: 'resources' };
const keyOf = ({ id }: ResourceRow): string => id;
const { name, type, group, location, subscription, cluster, tags, state, armType } = resourceColumns;
const columns = [name, type, group, location, subscription, cluster, state, tags, armType];

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const noResources = {
  icon: <AppsListRegular />,
  title: 'No resources yet',
  text: 'There is nothing in the subscriptions that this portal may read. A container service is made of resources.',
  action: (
    <LinkButton to="/create" appearance="primary" icon={<AddRegular />}>
      Create a container service
    </LinkButton>
  ),
};

/** Everything in all subscriptions, whoever made it. */
export function AllResourcesPage(): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  usePageTitle('All resources');
  const read = useAllResources();
  const problem = useShownProblem(read);
  const rows = useResourceRows(read.data);
  const refresh = (): void => void read.refetch();
  return (
    <div className={pageStyles.page}>
      <div className={styles.head}>
        <Title3 as="h1" className={styles.title}>
          All resources
        </Title3>
        <NameTooltip content="Refresh">
          <Button
            appearance="subtle"
            icon={<ArrowClockwiseRegular />}
            disabledFocusable={read.isFetching}
            onClick={refresh}
          />
        </NameTooltip>
      </div>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={read.dataUpdatedAt}
          title={
            read.isFetchNextPageError
              ? 'The list is not complete.'
              : rows
                ? 'The list may be out of date.'
                : 'The resources could not be read.'
          }
          onRetry={read.isFetchNextPageError ? () => void read.fetchNextPage() : refresh}
        />
      )}
      {(rows || !problem) && (
        <ResourceList
          noun={noun}
          rows={rows}
          columns={columns}
          keyOf={keyOf}
          placeholder="Name, type, location or tag"
          fileName="resources"
          empty={noResources}
          reading={readingWords(read.data, read.hasNextPage && !read.isError)}
          note={<Note read={read.data} isWhole={!read.hasNextPage} />}
        />
      )}
    </div>
  );
}

function useResourceRows(read: ReadResources | undefined): readonly ResourceRow[] | undefined {
  const { data: subscriptions } = useSubscriptions();
  const ids = useMemo(
    () => (subscriptions ?? []).map(({ subscriptionId }) => subscriptionId),
    [subscriptions],
  );
  const regionName = useRegionNames(ids);
  return useMemo(() => {
    const names = new Map(subscriptions?.map((each) => [each.subscriptionId, each.displayName]));
    const rows = read?.resources.map((resource): ResourceRow => {
      const { subscriptionId } = resource;
      return {
        ...resource,
        subscription: names.get(subscriptionId) ?? subscriptionId,
        region: regionName(subscriptionId, resource.location),
        state: resource.state ?? '',
        cluster: resource.cluster ?? '',
      };
    });
    return rows?.toSorted((one, other) => byName.compare(one.name, other.name));
  }, [read, subscriptions, regionName]);
}

function readingWords(read: ReadResources | undefined, goesOn: boolean): string | undefined {
  if (!read || !goesOn) return undefined;
  return `${read.resources.length.toLocaleString()} of ${read.total.toLocaleString()} are read…`;
}

/** What the list does not say by itself: that it may be behind, and that there may be more. */
function Note({ read, isWhole }: { read: ReadResources | undefined; isWhole: boolean }): JSX.Element {
  const isCut = isWhole && read !== undefined && read.resources.length < read.total;
  return (
    <span>
      {isCut && `The first of ${read.total.toLocaleString()}: look into a resource group for the others. `}
      From Azure Resource Graph, which may be some seconds behind.
    </span>
  );
}
