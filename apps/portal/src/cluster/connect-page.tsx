import {
  Link,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Tab,
  TabList,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { type ConnectFacts, type Shell, connectCommands, shellNames, shells } from '@slipway/cluster';
import { type JSX, useId, useState } from 'react';
import { useClusterConnect } from '../api/cluster-connect.ts';
import { ApiProblem } from '../api/client.ts';
import { useCluster } from '../api/cluster.ts';
import { useSession } from '../api/session.ts';
import { LinkButton } from '../components/link-button.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
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
  const connect = useClusterConnect(path);
  const { data: cluster } = useCluster(path);
  if (connect.isPending) return <Spinner label="Reading the addresses…" style={{ margin: '48px auto' }} />;
  const isUnfinished = connect.error instanceof ApiProblem && cluster?.state === 'deploying';
  return (
    <div className={mergeClasses(styles.page, styles.readable)}>
      {isUnfinished && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The addresses are not known yet.</MessageBarTitle> They come with the deployment.
          </MessageBarBody>
        </MessageBar>
      )}
      {isUnfinished && (
        <div>
          <LinkButton to="/clusters/$subscriptionId/$resourceGroup/$name/deployment" params={path}>
            See the deployment
          </LinkButton>
        </div>
      )}
      {connect.error && !isUnfinished && (
        <ProblemBar
          problem={connect.error}
          title="How to connect could not be read."
          onRetry={() => void connect.refetch()}
        />
      )}
      {connect.data && (
        <>
          {!connect.data.reachable && <NothingListens />}
          <Steps facts={connect.data.facts} />
        </>
      )}
    </div>
  );
}

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
