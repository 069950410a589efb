import {
  Link,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Tab,
  TabList,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { type ConnectFacts, type Shell, connectCommands, shellNames, shells } from '@slipway/cluster';
import type { Cluster, ClusterState } from '@slipway/contract';
import { type JSX, useId, useState } from 'react';
import { useClusterConnect } from '../api/cluster-connect.ts';
import { useCluster } from '../api/cluster.ts';
import { useSession } from '../api/session.ts';
import { LinkButton } from '../components/link-button.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { CommandBlock } from './command-block.tsx';
import { usePageStyles } from './page-styles.ts';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXL },
  step: {
    display: 'grid',
    gridTemplateColumns: '32px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
  },
  number: {
    width: '28px',
    height: '28px',
    borderRadius: tokens.borderRadiusCircular,
    display: 'grid',
    placeItems: 'center',
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  links: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, overflowWrap: 'anywhere' },
});

/** How to reach the cluster: commands with everything filled in, from the tunnel to a first container. */
export function ConnectPage(): JSX.Element {
  const path = useClusterPath();
  const styles = usePageStyles();
  const { data: cluster } = useCluster(path);
  const obstacle = cluster && !hasAddresses(cluster) ? connectObstacles[cluster.state] : undefined;
  const connect = useClusterConnect(path, cluster !== undefined && hasAddresses(cluster));
  const problem = useShownProblem(connect);
  if (connect.isPending && !obstacle && !problem)
    return <SlowWait label="Reading the addresses…" onRetry={() => void connect.refetch()} />;
  return (
    <div className={mergeClasses(styles.page, styles.readable)}>
      {obstacle && (
        <>
          <MessageBar intent={obstacle.intent} layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{obstacle.title}</MessageBarTitle> {obstacle.text}
            </MessageBarBody>
          </MessageBar>
          <div>
            <LinkButton to="/clusters/$subscriptionId/$resourceGroup/$name/deployment" params={path}>
              See the deployment
            </LinkButton>
          </div>
        </>
      )}
      {problem && (
        <ProblemBar
          problem={problem}
          title={connect.data ? 'The addresses may be out of date.' : 'How to connect could not be read.'}
          readAt={connect.dataUpdatedAt}
          onRetry={() => void connect.refetch()}
        />
      )}
      {connect.data && !obstacle && (
        <>
          {!connect.data.reachable && <NothingListens />}
          <Steps facts={connect.data.facts} />
        </>
      )}
    </div>
  );
}

/** A cluster tells its addresses once a deployment of it has come to its end. */
const hasAddresses = ({ state, masterFqdn }: Cluster): boolean =>
  state === 'succeeded' || (state === 'failed' && masterFqdn !== undefined);

/** Why there may be nothing to connect to, by the state of the cluster; absent where it cannot be the state. */
const connectObstacles: Partial<
  Record<ClusterState, { intent: 'info' | 'warning'; title: string; text: string }>
> = {
  deploying: {
    intent: 'info',
    title: 'The addresses are not known yet.',
    text: 'They come with the deployment; this page shows them then by itself.',
  },
  failed: {
    intent: 'warning',
    title: 'There is nothing to connect to.',
    text: 'The deployment failed before the cluster had its addresses. Redeploy it when the cause is out of the way.',
  },
  canceled: {
    intent: 'warning',
    title: 'There is nothing to connect to.',
    text: 'The deployment was canceled before the cluster had its addresses. Redeploy it to get them.',
  },
  deleting: {
    intent: 'warning',
    title: 'There is nothing to connect to.',
    text: 'The container service is being deleted.',
  },
};

function NothingListens(): JSX.Element {
  const { data: session } = useSession();
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Nothing listens at these addresses.</MessageBarTitle>
        {session?.cloud?.machines === 'simulated'
          ? 'The machines of this local cloud are simulated. The commands are exactly those that work against Azure, with this cluster’s own values, but here nobody answers.'
          : 'The machines of this cluster cannot be reached from here. The commands are right, but nobody answers yet.'}
      </MessageBarBody>
    </MessageBar>
  );
}

function Steps({ facts }: { facts: ConnectFacts }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const [shell, setShell] = useState<Shell>('bash');
  const panelId = useId();
  return (
    <section className={pageStyles.section} aria-label="Steps">
      <TabList
        selectedValue={shell}
        onTabSelect={(_, { value }) => setShell(shells.find((each) => each === value) ?? 'bash')}
        aria-label="Shell"
      >
        {shells.map((each) => (
          <Tab key={each} value={each} id={`${panelId}-${each}`} aria-controls={panelId}>
            {shellNames[each]}
          </Tab>
        ))}
      </TabList>
      <div id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${shell}`}>
        <ol className={styles.steps}>
          {connectCommands(facts).map((step, index) => (
            <li key={step.id} className={styles.step}>
              <span className={styles.number} aria-hidden>
                {index + 1}
              </span>
              <div className={styles.content}>
                <h2 className={pageStyles.heading}>{step.title}</h2>
                <p className={pageStyles.text}>{step.explanation}</p>
                <CommandBlock command={step.commands[shell]} label={`Copy the command: ${step.title}`} />
                {step.links.length > 0 && (
                  <div className={styles.links}>
                    {step.links.map((address) => (
                      <Link key={address} href={address} target="_blank" rel="noreferrer">
                        {address}
                      </Link>
                    ))}
                  </div>
                )}
              </div>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
