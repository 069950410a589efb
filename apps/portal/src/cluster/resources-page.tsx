import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { AppsListRegular } from '@fluentui/react-icons';
import { type JSX, useMemo, useState } from 'react';
import { isRunning } from '../api/clusters.ts';
import { useCluster } from '../api/cluster.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { useRegionNames } from '../api/regions.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import type { ListColumn } from '../components/resource-list/list-column.ts';
import { type ResourceRow, asExtra, resourceColumns } from '../components/resource-list/resource-columns.tsx';
import { ResourceList } from '../components/resource-list/resource-list.tsx';
import { resourceRows } from '../components/resource-list/resource-rows.ts';
import { useShownProblem } from '../components/shown-problem.ts';
import { usePageStyles } from './page-styles.ts';
import { ResourceDetails } from './resource-details.tsx';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({
  // As high as a finger needs it.
  link: {
    padding: `${tokens.spacingVerticalXXS} 0`,
    border: 'none',
    backgroundColor: 'transparent',
    color: tokens.colorBrandForegroundLink,
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    ':hover': { textDecorationLine: 'underline', color: tokens.colorBrandForegroundLinkHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  oneLine: { maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

const noun = { one: 'resource', many: 'resources' };
const keyOf = ({ id }: ResourceRow): string => id;

const noResources = {
  icon: <AppsListRegular />,
  title: 'No resources yet',
  text: 'What the container service is made of appears here as soon as Azure Resource Manager creates it.',
};

type Open = (row: ResourceRow, opener: HTMLButtonElement) => void;

function columnsOf(onOpen: Open): readonly ListColumn<ResourceRow>[] {
  const { name, type, location, state, tags, armType } = resourceColumns;
  const opening: ListColumn<ResourceRow> = {
    ...name,
    cell: (row, isOneLine) => <OpeningName row={row} isOneLine={isOneLine} onOpen={onOpen} />,
  };
  return [opening, type, location, state, asExtra(tags), armType];
}

function OpeningName({
  row,
  isOneLine,
  onOpen,
}: {
  row: ResourceRow;
  isOneLine: boolean;
  onOpen: Open;
}): JSX.Element {
  const styles = useStyles();
  return (
    <button
      type="button"
      className={mergeClasses(styles.link, isOneLine && styles.oneLine)}
      onClick={(event) => onOpen(row, event.currentTarget)}
    >
      {row.name}
    </button>
  );
}

/** Everything the container service is made of, each with its properties. */
export function ResourcesPage(): JSX.Element {
  const path = useClusterPath();
  const pageStyles = usePageStyles();
  const { data: cluster } = useCluster(path);
  const resources = useClusterResources(path, cluster !== undefined && isRunning(cluster));
  const problem = useShownProblem(resources);
  const [chosen, setChosen] = useState<{ id: string; opener: HTMLButtonElement }>();
  const { subscriptionId, resourceGroup } = path;
  const regionName = useRegionNames(useMemo(() => [subscriptionId], [subscriptionId]));
  const rows = useMemo(
    () =>
      resources.data &&
      resourceRows(resources.data, { subscriptionId, subscription: '', resourceGroup, regionName }),
    [resources.data, subscriptionId, resourceGroup, regionName],
  );
  const columns = useMemo(() => columnsOf((row, opener) => setChosen({ id: row.id, opener })), []);
  const close = (): void => {
    chosen?.opener.focus();
    setChosen(undefined);
  };
  return (
    <div className={pageStyles.page}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={resources.dataUpdatedAt}
          title={resources.data ? 'The list may be out of date.' : 'The resources could not be read.'}
          onRetry={() => void resources.refetch()}
        />
      )}
      {(rows || !problem) && (
        <ResourceList
          noun={noun}
          rows={rows}
          columns={columns}
          keyOf={keyOf}
          placeholder="Name, type or location"
          fileName={`${path.name}-resources`}
          empty={noResources}
        />
      )}
      <ResourceDetails resource={resources.data?.find(({ id }) => id === chosen?.id)} onClose={close} />
    </div>
  );
}
