import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  mergeClasses,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { type AgentPort, agentEntrances, reservedPorts } from '@slipway/cluster';
import type { Cluster } from '@slipway/contract';
import { type JSX, useRef, useState } from 'react';
import { useClusterConnect } from '../../api/cluster-connect.ts';
import { useClusterResources } from '../../api/cluster-resources.ts';
import { useCluster } from '../../api/cluster.ts';
import { isRunning } from '../../api/clusters.ts';
import { Fold } from '../../components/fold.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { UnsavedGuard } from '../../components/unsaved-guard.tsx';
import { ApplyChanges } from '../change/apply-changes.tsx';
import { changeTitle } from '../change/change-title.ts';
import { LastFailure } from '../change/last-failure.tsx';
import { usePageStyles } from '../page-styles.ts';
import { useClusterPath } from '../use-cluster-path.ts';
import {
  type PortRow,
  changesInWords,
  readDraft,
  rowsOf,
  withNewRow,
  withRowAsBefore,
  withoutRow,
} from './port-draft.ts';
import { piecesOfPorts } from './port-pieces.ts';
import { PortTable } from './port-table.tsx';

/** The ports of the agents' load balancer: what there is, and what is to be. */
export function PortsPage(): JSX.Element | null {
  const path = useClusterPath();
  const styles = usePageStyles();
  const { data: cluster } = useCluster(path);
  if (!cluster) return null;
  const { agentPorts } = cluster;
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      {agentPorts ? (
        <Ports key={cluster.id} cluster={cluster} ports={agentPorts} />
      ) : (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The ports cannot be changed from here.</MessageBarTitle> The template that{' '}
            {cluster.name} was deployed with has no parameter for them: change them where that template is
            kept.
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

/** The pending changes, and of which ports of the cluster they are. */
interface Draft {
  rows: readonly PortRow[];
  base: readonly AgentPort[];
  afterDeploymentId: string | undefined;
}

const draftOf = ({ deploymentId }: Cluster, base: readonly AgentPort[]): Draft => ({
  rows: rowsOf(base),
  base,
  afterDeploymentId: deploymentId,
});

const samePorts = (one: readonly AgentPort[], other: readonly AgentPort[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function Ports({ cluster, ports }: { cluster: Cluster; ports: readonly AgentPort[] }): JSX.Element {
  const styles = usePageStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const isApplied = useRef(false);
  const [draft, setDraft] = useState(() => draftOf(cluster, ports));
  const { problems, problem, changes, ports: wanted } = readDraft(draft.rows);
  const isOther = draft.afterDeploymentId !== cluster.deploymentId || !samePorts(draft.base, ports);
  // Where nothing is pending, what somebody else has made of the ports is simply shown.
  if (isOther && changes.size === 0) setDraft(draftOf(cluster, ports));
  const edit = (rows: readonly PortRow[]): void => setDraft((before) => ({ ...before, rows }));
  const startAnew = (): void => {
    setDraft(draftOf(cluster, ports));
    heading.current?.focus({ preventScroll: true });
  };
  const isValid = problems.size === 0 && problem === undefined;
  const { pieces, strangers, addresses, reading } = usePortFacts(cluster, ports);
  return (
    <section className={styles.section} aria-labelledby="ports">
      <h2 ref={heading} tabIndex={-1} className={styles.heading} id="ports">
        Ports of the agents
      </h2>
      <p className={styles.text}>
        The agents’ load balancer passes what arrives at these TCP ports on to the agents, where a service of
        your Swarm that is published at the same port answers, whichever agent it runs on. Each port is a
        rule, a probe and a security rule in Azure; they are added, changed and removed together.{' '}
        <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name/connect" params={cluster} inline>
          How to publish a service
        </PageLink>
      </p>
      <LastFailure cluster={cluster}>
        These are the ports that it was asked for; beside each stands what of it there is in Azure.
      </LastFailure>
      {reading}
      {isOther && changes.size > 0 && <ChangedMeanwhile onStartAnew={startAnew} />}
      {strangers.length > 0 && <Strangers strangers={strangers} />}
      <PortTable
        rows={draft.rows}
        problems={problems}
        pieces={pieces}
        addresses={addresses}
        actions={{
          change: (key, values) =>
            edit(draft.rows.map((row) => (row.key === key ? { ...row, ...values } : row))),
          remove: (key) => {
            const rows = withoutRow(draft.rows, key);
            edit(rows);
            if (rows.length < draft.rows.length) heading.current?.focus({ preventScroll: true });
          },
          restore: (key) => edit(withRowAsBefore(draft.rows, key)),
        }}
      />
      <div className={styles.actions}>
        <Button icon={<AddRegular />} onClick={() => edit(withNewRow(draft.rows, { name: '', port: '' }))}>
          Add a port
        </Button>
      </div>
      <Fold title="Ports that cannot be offered">
        <ul className={styles.list}>
          {reservedPorts.map(({ port, reason }) => (
            <li key={port}>
              {port}: {reason}.
            </li>
          ))}
        </ul>
      </Fold>
      <output className={styles.text}>
        {changes.size === 0 ? 'Nothing is changed yet.' : `${changesInWords(changes)}, not applied yet.`}
        {problem !== undefined && ` ${problem}`}
      </output>
      <ApplyChanges
        cluster={cluster}
        afterDeploymentId={draft.afterDeploymentId}
        changes={changes.size > 0 && isValid && !isOther ? { agentPorts: wanted } : undefined}
        progressTitle={changeTitle(cluster.name, { kind: 'ports' })}
        onApplied={() => {
          isApplied.current = true;
        }}
        onDiscard={changes.size > 0 ? startAnew : undefined}
      />
      <UnsavedGuard
        asks={() => changes.size > 0 && !isApplied.current}
        words={`${changesInWords(changes)}. They have not been applied, and are lost when you leave.`}
      />
    </section>
  );
}

function usePortFacts(cluster: Cluster, ports: readonly AgentPort[]) {
  const resources = useClusterResources(cluster, isRunning(cluster));
  const connect = useClusterConnect(cluster, cluster.state === 'succeeded');
  const problem = useShownProblem(resources);
  const facts =
    resources.data &&
    piecesOfPorts(
      resources.data,
      ports.map(({ port }) => port),
    );
  const addresses = connect.data ? agentEntrances(connect.data.facts) : [];
  return {
    pieces: facts?.byPort,
    // While ARM is at work, what is not there yet or not gone yet is nobody else's.
    strangers: cluster.state === 'succeeded' ? (facts?.strangers ?? []) : [],
    addresses: new Map(addresses.map(({ port, url }) => [port, url])),
    reading: problem && (
      <ProblemBar
        problem={problem}
        title="What Azure has for these ports could not be read."
        onRetry={() => void resources.refetch()}
      />
    ),
  };
}

function ChangedMeanwhile({ onStartAnew }: { onStartAnew: () => void }): JSX.Element {
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>Somebody else has deployed this container service meanwhile.</MessageBarTitle> Your
        changes are of ports that may not be these any more.
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={onStartAnew}>
          Start again from the present ports
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function Strangers({ strangers }: { strangers: readonly { name: string; port: number }[] }): JSX.Element {
  const list = strangers.map(({ name, port }) => `${name} (port ${port})`).join(', ');
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>The load balancer has rules that are not from here.</MessageBarTitle> {list}. The
        next deployment of this container service removes them; add their ports here to keep them.
      </MessageBarBody>
    </MessageBar>
  );
}
