import { makeStyles, mergeClasses } from '@fluentui/react-components';
import type { ClusterPath, Machine } from '@slipway/contract';
import type { JSX } from 'react';
import { useMachines } from '../../api/machines.ts';
import { PageLink } from '../../components/page-link.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { SlowWait } from '../../components/slow-wait.tsx';
import { usePageStyles } from '../page-styles.ts';
import { useTableStyles } from '../table-styles.ts';
import { useClusterPath } from '../use-cluster-path.ts';
import { MachinePower } from './machine-power.tsx';
import { roleWords } from './machine-words.ts';

// Short words that say nothing in pieces; long addresses and names may break.
const useStyles = makeStyles({ whole: { whiteSpace: 'nowrap' } });

/** The masters and agents of the container service, and whether they run. */
export function MachinesPage(): JSX.Element {
  const path = useClusterPath();
  const styles = usePageStyles();
  const machines = useMachines(path);
  const problem = useShownProblem(machines);
  if (machines.isPending && !problem)
    return <SlowWait label="Reading the machines…" onRetry={() => void machines.refetch()} />;
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={machines.dataUpdatedAt}
          title={machines.data ? 'The list may be out of date.' : 'The machines could not be read.'}
          onRetry={() => void machines.refetch()}
        />
      )}
      {machines.data && <MachineTable machines={machines.data} path={path} />}
    </div>
  );
}

function MachineTable({ machines, path }: { machines: readonly Machine[]; path: ClusterPath }): JSX.Element {
  const own = useStyles();
  const styles = usePageStyles();
  const table = useTableStyles();
  if (machines.length === 0) return <p className={styles.text}>There are no machines yet.</p>;
  const running = machines.filter(({ power }) => power === 'running').length;
  return (
    <section className={styles.section} aria-label="Machines">
      <output className={styles.quiet}>
        {machines.length} {machines.length === 1 ? 'machine' : 'machines'}, {running} running
      </output>
      <table className={table.table}>
        <thead className={table.head}>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">State</th>
            <th scope="col">Size</th>
            <th scope="col">Private address</th>
            <th scope="col">Fault domain</th>
          </tr>
        </thead>
        <tbody>
          {machines.map((machine) => (
            <tr key={machine.id} className={table.row}>
              <td data-label="Name">
                <PageLink
                  to="/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine"
                  params={{ ...path, machine: machine.name }}
                  className={table.name}
                >
                  {machine.name}
                </PageLink>
              </td>
              <td data-label="Role" className={own.whole}>
                {machine.role ? roleWords[machine.role] : '—'}
              </td>
              <td data-label="State">
                <MachineState machine={machine} />
              </td>
              <td data-label="Size" className={own.whole}>
                {machine.size ?? '—'}
              </td>
              <td data-label="Private address">{machine.addresses.join(', ') || '—'}</td>
              <td data-label="Fault domain">{machine.faultDomain ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function MachineState({ machine }: { machine: Machine }): JSX.Element {
  const styles = usePageStyles();
  return (
    <span>
      <MachinePower power={machine.power} />
      {machine.provisioningState === 'Failed' && (
        <>
          {' '}
          <span className={styles.quiet}>the last change failed</span>
        </>
      )}
    </span>
  );
}
