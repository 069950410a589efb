import type { ArmResource, ClusterPath, ClusterState, ResourceRelations } from '@slipway/contract';
import type { JSX } from 'react';
import { useCluster } from '../../api/cluster.ts';
import { type MachineHome, useMachines } from '../../api/machines.ts';
import { BootLog } from '../../cluster/machines/boot-log.tsx';
import { MachineActions } from '../../cluster/machines/machine-actions.tsx';
import { MachinePower } from '../../cluster/machines/machine-power.tsx';
import { usePageStyles } from '../../cluster/page-styles.ts';
import { PageLink } from '../../components/page-link.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { SlowWait } from '../../components/slow-wait.tsx';
import { InstanceView } from './instance-view.tsx';

/** A machine: its power, what can be done with it, what Azure sees of it, and what it writes when it boots. */
export function MachineOverview({
  resource,
  relations,
}: {
  resource: ArmResource;
  /** `undefined` until they have been read: only then it is known whether it belongs to a cluster. */
  relations: ResourceRelations | undefined;
}): JSX.Element {
  const cluster = relations?.cluster;
  return (
    <>
      {cluster && <ClusterMachine id={resource.id} path={cluster} />}
      {relations && !cluster && <WorkingMachine id={resource.id} home={{ machineId: resource.id }} />}
      <InstanceView resource={resource} />
    </>
  );
}

function ClusterMachine({ id, path }: { id: string; path: ClusterPath }): JSX.Element {
  const { data: cluster } = useCluster(path);
  return <WorkingMachine id={id} home={path} cluster={path} clusterState={cluster?.state} />;
}

function WorkingMachine({
  id,
  home,
  cluster,
  clusterState,
}: {
  id: string;
  home: MachineHome;
  cluster?: ClusterPath;
  clusterState?: ClusterState | undefined;
}): JSX.Element | null {
  const styles = usePageStyles();
  const machines = useMachines(home);
  const problem = useShownProblem(machines);
  const machine = machines.data?.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (problem && !machines.data)
    return (
      <ProblemBar
        problem={problem}
        title="Its power could not be read."
        onRetry={() => void machines.refetch()}
      />
    );
  if (machines.isPending) return <SlowWait inline size="tiny" label="Reading its power…" />;
  if (!machine || !machines.data) return null;
  return (
    <>
      <section className={styles.section} aria-label="Power">
        <h2 className={styles.heading}>Power</h2>
        <div className={styles.actions}>
          <MachinePower power={machine.power} />
          {cluster && (
            <PageLink
              to="/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine"
              params={{ ...cluster, machine: machine.name }}
            >
              Open it among the machines of {cluster.name}
            </PageLink>
          )}
        </div>
      </section>
      <MachineActions home={home} machine={machine} machines={machines.data} clusterState={clusterState} />
      <BootLog home={home} machine={machine} />
    </>
  );
}
