import { MessageBar, MessageBarBody, makeStyles, mergeClasses } from '@fluentui/react-components';
import type { ClusterPath } from '@slipway/contract';
import { type Moment, compareMoments, readMoment } from '@slipway/topology';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type JSX, useMemo, useState } from 'react';
import { useCluster } from '../api/cluster.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { isRunning } from '../api/clusters.ts';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageStyles } from './page-styles.ts';
import { browserStorage } from './topology/explorer/browser-storage.ts';
import { CompareChoice } from './topology/explorer/compare-choice.tsx';
import { type ComparedWith, readComparedWith } from './topology/explorer/compared-with.ts';
import { ComparisonView } from './topology/explorer/comparison-view.tsx';
import { momentText } from './topology/explorer/kept-moments.ts';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({ page: { alignContent: 'start' } });

/** What is different between this container service now and another one, or itself at another moment. */
export function TopologyComparePage(): JSX.Element {
  const path = useClusterPath();
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const navigate = useNavigate();
  const search = useSearch({ from: '/clusters/$subscriptionId/$resourceGroup/$name/topology/compare' });
  const [file, setFile] = useState<{ name: string; text: string }>();
  const { data: cluster } = useCluster(path);
  const read = useClusterResources(path, cluster !== undefined && isRunning(cluster));
  const problem = useShownProblem(read);
  const compared = readComparedWith(search.with);
  const choose = (text: string): void => {
    setFile(undefined);
    void navigate({ to: '.', search: { with: text }, resetScroll: false });
  };
  const open = (chosen: { name: string; text: string }): void => {
    setFile(chosen);
    void navigate({ to: '.', search: {}, resetScroll: false });
  };
  return (
    <div className={mergeClasses(pageStyles.page, styles.page)}>
      <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name/topology" params={path}>
        Back to the topology
      </PageLink>
      <CompareChoice path={path} chosen={search.with} file={file?.name} onChoose={choose} onOpen={open} />
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={read.dataUpdatedAt}
          title="The topology could not be read."
          onRetry={() => void read.refetch()}
        />
      )}
      {read.data && (compared || file) && (
        <Compared now={momentOf(path, read)} compared={compared} file={file?.text} />
      )}
    </div>
  );
}

/** What a cluster is now, as far as it is read. */
function momentOf(
  { name }: ClusterPath,
  { data, dataUpdatedAt }: Pick<ReturnType<typeof useClusterResources>, 'data' | 'dataUpdatedAt'>,
): Moment {
  return {
    title: name,
    serviceName: name,
    takenAt: new Date(dataUpdatedAt).toISOString(),
    resources: data ?? [],
  };
}

interface ComparedProps {
  now: Moment;
  compared: ComparedWith;
  /** The text of a file that was opened. */
  file: string | undefined;
}

function Compared({ now, compared, file }: ComparedProps): JSX.Element {
  if (compared?.kind === 'cluster') return <WithCluster now={now} path={compared.path} />;
  return <WithText now={now} text={compared ? momentText(browserStorage(), compared.id) : file} />;
}

function WithCluster({
  now,
  path,
}: {
  now: Moment;
  path: Parameters<typeof useClusterResources>[0];
}): JSX.Element {
  const other = useClusterResources(path, false);
  const problem = useShownProblem(other);
  if (!other.data && !problem)
    return <SlowWait label={`Reading ${path.name}…`} onRetry={() => void other.refetch()} />;
  if (!other.data)
    return (
      <ProblemBar
        problem={problem}
        title={`${path.name} could not be read.`}
        onRetry={() => void other.refetch()}
      />
    );
  return <Difference before={momentOf(path, other)} now={now} match="structure" />;
}

function WithText({ now, text }: { now: Moment; text: string | undefined }): JSX.Element {
  const reading = useMemo(() => (text === undefined ? undefined : readMoment(text)), [text]);
  if (!reading || 'problem' in reading)
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          {reading ? reading.problem : 'This moment is not kept in this browser (any more). Choose another.'}
        </MessageBarBody>
      </MessageBar>
    );
  const ids = new Set(now.resources.map(({ id }) => id.toLowerCase()));
  const isSameGroup = reading.moment.resources.some(({ id }) => ids.has(id.toLowerCase()));
  return <Difference before={reading.moment} now={now} match={isSameGroup ? 'id' : 'structure'} />;
}

function Difference({
  before,
  now,
  match,
}: {
  before: Moment;
  now: Moment;
  match: 'id' | 'structure';
}): JSX.Element {
  // The names and resources are what counts: the objects around them are new each time.
  const { serviceName, resources, takenAt } = now;
  const comparison = useMemo(
    () => compareMoments(before, { title: serviceName, takenAt, serviceName, resources }, { match }),
    [before, serviceName, resources, takenAt, match],
  );
  return <ComparisonView comparison={comparison} />;
}
