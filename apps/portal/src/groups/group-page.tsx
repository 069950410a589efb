import {
  Body1,
  Title2,
  Toolbar,
  ToolbarButton,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { GroupTopology } from './group-topology.tsx';
import { useGroupTopologyData } from './group-topology-data.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flexGrow: 1, gap: tokens.spacingVerticalM },
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  name: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  toolbar: { padding: 0, marginLeft: 'auto' },
});

/** Any resource group and how what is in it fits together, whoever made it. */
export function GroupPage(): JSX.Element {
  const { subscriptionId, resourceGroup } = useParams({
    from: '/resource-groups/$subscriptionId/$resourceGroup',
  });
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const group = useGroupTopologyData(subscriptionId, resourceGroup);
  const { resources, problem, readAt, refetch, isMissing } = group;
  usePageTitle(resourceGroup);
  if (isMissing) return <GroupMissing name={resourceGroup} />;
  if (!resources && !problem) return <SlowWait label={`Reading ${resourceGroup}…`} onRetry={refetch} />;
  return (
    <div className={mergeClasses(pageStyles.page, styles.page)}>
      <header className={styles.title}>
        <Title2 as="h1" className={styles.name}>
          {resourceGroup}
        </Title2>
        <Body1 className={styles.quiet}>Resource group</Body1>
        {resources && <Body1 className={styles.quiet}>{countOf(resources.length)}</Body1>}
        <Toolbar aria-label="Commands" className={styles.toolbar}>
          <ToolbarButton icon={<ArrowClockwiseRegular />} onClick={refetch}>
            Refresh
          </ToolbarButton>
        </Toolbar>
      </header>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={readAt}
          title={resources ? 'This page may be out of date.' : 'The resource group could not be read.'}
          onRetry={refetch}
        />
      )}
      {resources?.length === 0 && <p className={pageStyles.text}>There is nothing in this resource group.</p>}
      {resources && resources.length > 0 && (
        <GroupTopology subscriptionId={subscriptionId} resourceGroup={resourceGroup} data={group} />
      )}
    </div>
  );
}

const countOf = (count: number): string => (count === 1 ? '1 resource' : `${count} resources`);

function GroupMissing({ name }: { name: string }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  return (
    <div className={mergeClasses(pageStyles.page, pageStyles.readable)}>
      <Title2 as="h1" className={styles.name}>
        There is no resource group {name}
      </Title2>
      <p className={pageStyles.text}>
        It is not in this subscription: it may have been deleted, or it has another name.
      </p>
      <PageLink to="/resource-groups">Go to the resource groups</PageLink>
    </div>
  );
}
