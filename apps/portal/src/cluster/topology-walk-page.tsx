import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentRegular, PrintRegular } from '@fluentui/react-icons';
import { buildTopology, guidedWalk, layoutTopology, walkAsText } from '@slipway/topology';
import { type JSX, useEffect, useMemo, useRef, useState } from 'react';
import { useCluster } from '../api/cluster.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { isRunning } from '../api/clusters.ts';
import { Breakable } from '../components/breakable.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { saveFile } from '../components/save-file.ts';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageStyles } from './page-styles.ts';
import { IconSheet } from './topology/explorer/icon-sheet.tsx';
import { fileName, pictureAddress } from './topology/explorer/picture-files.ts';
import { pictureOf, titleOf } from './topology/explorer/use-exports.tsx';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({
  picture: {
    display: 'block',
    width: '100%',
    maxHeight: '80vh',
    objectFit: 'contain',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '@media print': { border: 'none' },
  },
  step: { breakInside: 'avoid' },
  actions: { alignItems: 'center' },
});

/** The guided walk as a page to read, to print and to pass on. */
export function TopologyWalkPage(): JSX.Element {
  const path = useClusterPath();
  const { data: cluster } = useCluster(path);
  const read = useClusterResources(path, cluster !== undefined && isRunning(cluster));
  const problem = useShownProblem(read);
  const retry = (): void => void read.refetch();
  if (!read.data && !problem) return <SlowWait label="Reading the topology…" onRetry={retry} />;
  if (!read.data)
    return <ProblemBar problem={problem} title="The topology could not be read." onRetry={retry} />;
  return <WalkText serviceName={path.name} resources={read.data} />;
}

function WalkText({
  serviceName,
  resources,
}: {
  serviceName: string;
  resources: Parameters<typeof buildTopology>[0]['resources'];
}): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const path = useClusterPath();
  const graph = useMemo(
    () => buildTopology({ serviceName, resources, isCluster: true }),
    [serviceName, resources],
  );
  const steps = useMemo(() => guidedWalk(graph), [graph]);
  const title = `A walk through ${serviceName}`;
  return (
    <article className={mergeClasses(pageStyles.page, pageStyles.readable, 'print-page')}>
      <div className={mergeClasses(pageStyles.actions, styles.actions, 'not-printed')}>
        <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name/topology" params={path}>
          Back to the topology
        </PageLink>
        <Button icon={<PrintRegular />} onClick={() => window.print()}>
          Print
        </Button>
        <Button
          icon={<DocumentRegular />}
          onClick={() =>
            saveFile(
              fileName(`${serviceName} walk`, new Date(), 'md'),
              new Blob([walkAsText(steps, title)], { type: 'text/markdown' }),
            )
          }
        >
          Save as Markdown
        </Button>
      </div>
      <h2 className={pageStyles.heading}>{title}</h2>
      <Picture serviceName={serviceName} graph={graph} />
      {steps.map(({ title: name, what, why, name: meaning, without }, at) => (
        <section key={name} className={mergeClasses(pageStyles.section, styles.step)}>
          <h3 className={pageStyles.heading}>
            {at + 1}. {name}
          </h3>
          <p className={pageStyles.text}>
            <Breakable text={what} />
          </p>
          <p className={pageStyles.text}>
            <strong>Why it is there.</strong> {why}
          </p>
          {meaning !== undefined && (
            <p className={pageStyles.text}>
              <strong>What its name means.</strong> {meaning}
            </p>
          )}
          <p className={pageStyles.text}>
            <strong>Without it.</strong> {without}
          </p>
        </section>
      ))}
    </article>
  );
}

function Picture({
  serviceName,
  graph,
}: {
  serviceName: string;
  graph: ReturnType<typeof buildTopology>;
}): JSX.Element {
  const styles = useStyles();
  const icons = useRef<HTMLDivElement>(null);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const sheet = icons.current;
    if (!sheet?.parentElement) return;
    const parts = {
      graph,
      serviceName,
      states: new Map(),
      lit: undefined,
      layoutNow: () => layoutTopology(graph, { direction: 'right' as const }),
    };
    setAddress(pictureAddress(pictureOf(parts, sheet.parentElement, sheet)));
  }, [graph, serviceName]);
  return (
    <div>
      <IconSheet ref={icons} />
      {address && <img className={styles.picture} src={address} alt={titleOf(serviceName)} />}
    </div>
  );
}
