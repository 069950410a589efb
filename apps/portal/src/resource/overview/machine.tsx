import type { ArmResource, ClusterPath } from '@slipway/contract';
import type { JSX } from 'react';
import { useMachines } from '../../api/machines.ts';
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
  cluster,
}: {
  resource: ArmResource;
  cluster: ClusterPath | undefined;
}): JSX.Element {
  return (
    <>
      {cluster && <ClusterMachine id={resource.id} path={cluster} />}
      <InstanceView resource={resource} />
    </>
  );
}

function ClusterMachine({ id, path }: { id: string; path: ClusterPath }): JSX.Element | null {
  const styles = usePageStyles();
  const machines = useMachines(path);
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
          <PageLink
            to="/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine"
            params={{ ...path, machine: machine.name }}
          >
            Open it among the machines of {path.name}
          </PageLink>
        </div>
      </section>
      <MachineActions path={path} machine={machine} machines={machines.data} />
      <BootLog path={path} machine={machine} />
    </>
  );
}
