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
import { type Shell, connectCommands, shellNames, shells } from '@slipway/cluster';
import type { Cluster, ClusterPath, ClusterState, ConnectAnswer } from '@slipway/contract';
import { type JSX, useId, useState } from 'react';
import { useClusterConnect } from '../api/cluster-connect.ts';
import { useCluster } from '../api/cluster.ts';
import { useSession } from '../api/session.ts';
import { Breakable } from '../components/breakable.tsx';
import { guessSystem } from '../components/computer-system.ts';
import { LinkButton } from '../components/link-button.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { ConnectStepView } from './connect-step-view.tsx';
import { EntranceChecks } from './entrance-checks.tsx';
import { KeyFileField } from './key-file-field.tsx';
import { usePageStyles } from './page-styles.ts';
import { useClusterPath } from './use-cluster-path.ts';
import { useDoneSteps } from './use-done-steps.ts';
import { useKeyFile } from './use-key-file.ts';

const clusterPage = '/clusters/$subscriptionId/$resourceGroup/$name';

const useStyles = makeStyles({
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXL },
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
            <LinkButton to={`${clusterPage}/deployment`} params={path}>
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
          <Steps
            key={`${path.subscriptionId}/${path.resourceGroup}/${path.name}`}
            path={path}
            connect={connect.data}
          />
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

/** The shell that comes with the system of this browser. */
const usualShell = (): Shell => (guessSystem(navigator.userAgent) === 'windows' ? 'powershell' : 'bash');

function Steps({
  path,
  connect: { facts, reachable },
}: {
  path: ClusterPath;
  connect: ConnectAnswer;
}): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const [shell, setShell] = useState<Shell>(usualShell);
  const keyFile = useKeyFile(path);
  const panelId = useId();
  const { done, toggle } = useDoneSteps(path);
  const steps = connectCommands(facts, { keyFile: keyFile.text });
  const serviceStep = steps.findIndex(({ id }) => id === 'service') + 1;
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
      <div
        id={panelId}
        role="tabpanel"
        aria-labelledby={`${panelId}-${shell}`}
        className={pageStyles.section}
      >
        <KeyFileField keyFile={keyFile} shell={shell} />
        {reachable && (
          <p className={mergeClasses(pageStyles.text, pageStyles.quiet)}>
            “Check” tries an address from the computer that runs the portal, which may see more or less than
            yours.
          </p>
        )}
        <output className={pageStyles.quiet}>
          {steps.filter(({ id }) => done.has(id)).length} of {steps.length} steps done
        </output>
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            <ConnectStepView
              key={step.id}
              step={step}
              number={index + 1}
              shell={shell}
              isDone={done.has(step.id)}
              onDone={(isDone) => toggle(step.id, isDone)}
            >
              {step.id === 'service' && (
                <p className={pageStyles.text}>
                  Your own service at another port?{' '}
                  <PageLink to={`${clusterPage}/ports`} params={path} inline>
                    Add that port to the agents’ load balancer
                  </PageLink>{' '}
                  first.
                </p>
              )}
              {reachable && step.entrances.length > 0 && (
                <EntranceChecks path={path} entrances={step.entrances} serviceStep={serviceStep} />
              )}
              {!reachable && <Links addresses={step.entrances.flatMap(({ url }) => url ?? [])} />}
            </ConnectStepView>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Links({ addresses }: { addresses: readonly string[] }): JSX.Element | null {
  const styles = useStyles();
  if (addresses.length === 0) return null;
  return (
    <div className={styles.links}>
      {addresses.map((address) => (
        <Link key={address} href={address} target="_blank" rel="noreferrer">
          <Breakable text={address} />
        </Link>
      ))}
    </div>
  );
}
