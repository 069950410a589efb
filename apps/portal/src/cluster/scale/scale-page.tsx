import { MessageBar, MessageBarBody, MessageBarTitle, mergeClasses } from '@fluentui/react-components';
import { MAX_AGENTS, MIN_AGENTS, checkAgentCount } from '@slipway/cluster';
import type { Cluster } from '@slipway/contract';
import { type JSX, useRef, useState } from 'react';
import { useCluster } from '../../api/cluster.ts';
import { useMachineSizes } from '../../api/machine-sizes.ts';
import { NumberStepper, readCount } from '../../components/number-stepper.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { SlowWait } from '../../components/slow-wait.tsx';
import { ApplyChanges } from '../change/apply-changes.tsx';
import { changeTitle } from '../change/change-title.ts';
import { LastFailure } from '../change/last-failure.tsx';
import { usePageStyles } from '../page-styles.ts';
import { Survival } from '../survival.tsx';
import { useClusterPath } from '../use-cluster-path.ts';
import { ScaleCost } from './scale-cost.tsx';
import { quotaTaken } from './scale-quota.ts';

const agents = (count: number): string => `${count} ${count === 1 ? 'agent' : 'agents'}`;

function fewerWords(count: number | undefined): string {
  if (count === undefined) return 'Agents beyond that number are deleted with all that is on them.';
  return count === 1
    ? 'One agent is deleted with all that is on it.'
    : `${count} agents are deleted with all that is on them.`;
}

/** How many agents the cluster has, and another number of them. */
export function ScalePage(): JSX.Element | null {
  const path = useClusterPath();
  const styles = usePageStyles();
  const { data: cluster } = useCluster(path);
  if (!cluster) return null;
  return (
    <div className={mergeClasses(styles.page, styles.readable)}>
      <Agents key={cluster.id} cluster={cluster} />
      <Masters cluster={cluster} />
    </div>
  );
}

function Agents({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = usePageStyles();
  const now = cluster.agentCount;
  const field = useRef<HTMLInputElement>(null);
  /** What the person wants; absent while it is what there is, whatever that becomes. */
  const [text, setText] = useState<string>();
  const sizes = useMachineSizes(cluster.subscriptionId, cluster.region);
  const unread = useShownProblem(sizes);
  const wanted = text === undefined ? now : readCount(text);
  const wrong = checkAgentCount(wanted);
  const isDifferent = wrong === undefined && wanted !== now;
  // What a deployment that failed has made of its agents the cluster's values do not tell: the API looks.
  const isCertain = cluster.state === 'succeeded';
  const quota =
    sizes.data && wrong === undefined
      ? quotaTaken(sizes.data, cluster.machineSize, { now: isCertain ? now : wanted, wanted })
      : undefined;
  const obstacle = wrong ?? quota?.obstacle;
  return (
    <section className={styles.section} aria-labelledby="agents">
      <h2 className={styles.heading} id="agents">
        Agents
      </h2>
      <p className={styles.text}>
        {isCertain ? 'There are' : 'Asked for last:'} {agents(now)} of {cluster.machineSize}. Agents run your
        containers; another number of them leaves everything else as it is.
      </p>
      <LastFailure cluster={cluster}>
        How many agents there are now,{' '}
        <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name/machines" params={cluster} inline>
          Machines
        </PageLink>{' '}
        shows.
      </LastFailure>
      <NumberStepper
        label="Number of agents"
        hint={`From ${MIN_AGENTS} to ${MAX_AGENTS}.${isCertain ? ` Now ${now}.` : ''}`}
        error={obstacle}
        value={text ?? String(now)}
        onChange={(value) => setText(value === String(now) ? undefined : value)}
        min={MIN_AGENTS}
        max={MAX_AGENTS}
        inputRef={field}
      />
      {sizes.isPending && !unread && <SlowWait inline size="tiny" label="Reading the quota…" />}
      {unread && !sizes.data && (
        <ProblemBar
          problem={unread}
          title="The quota could not be read."
          onRetry={() => void sizes.refetch()}
        />
      )}
      {quota && <p className={styles.text}>{quota.words.join(' ')}</p>}
      {wrong === undefined && <ScaleCost cluster={cluster} now={isCertain ? now : wanted} wanted={wanted} />}
      {isDifferent && (wanted < now || !isCertain) && (
        <FewerAgents count={isCertain ? now - wanted : undefined} />
      )}
      <ApplyChanges
        cluster={cluster}
        afterDeploymentId={cluster.deploymentId}
        changes={isDifferent && obstacle === undefined ? { agentCount: wanted } : undefined}
        progressTitle={changeTitle(cluster.name, { kind: 'agents', from: now, to: wanted })}
        onDiscard={
          text === undefined
            ? undefined
            : () => {
                setText(undefined);
                field.current?.focus();
              }
        }
      />
    </section>
  );
}

function FewerAgents({
  count,
}: {
  /** Absent where it is not known how many there are. */
  count: number | undefined;
}): JSX.Element {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{fewerWords(count)}</MessageBarTitle> Azure chooses which.{' '}
        {count === 1 ? 'It leaves' : 'They leave'} the Swarm first, and Swarm starts the tasks of its services
        on the agents that stay, as far as there is room. Containers started by hand, and data in local
        volumes and files of what is deleted, are lost.
      </MessageBarBody>
    </MessageBar>
  );
}

function Masters({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = usePageStyles();
  return (
    <section className={styles.section} aria-labelledby="masters">
      <h2 className={styles.heading} id="masters">
        Masters
      </h2>
      <p className={styles.text}>
        {cluster.masterCount === 1 ? 'There is 1 master' : `There are ${cluster.masterCount} masters`}. That
        number is fixed when the container service is created: the masters agree by majority on everything the
        cluster knows, each has its own address and SSH port, and Azure spreads them over racks when their
        availability set is filled for the first time. For another number, create a new container service and
        deploy your stacks there.
      </p>
      <Survival cluster={cluster} />
    </section>
  );
}
