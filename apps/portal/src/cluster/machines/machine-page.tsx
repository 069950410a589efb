import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import type { ClusterPath, Machine } from '@slipway/contract';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useCluster } from '../../api/cluster.ts';
import { useMachines } from '../../api/machines.ts';
import { useResource } from '../../api/resource.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { ResourceLink } from '../../components/resource-link.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { SlowWait } from '../../components/slow-wait.tsx';
import { InstanceView } from '../../resource/overview/instance-view.tsx';
import { ArmErrorDetails } from '../arm-error-details.tsx';
import { Essentials } from '../essentials.tsx';
import { usePageStyles } from '../page-styles.ts';
import { useClusterPath } from '../use-cluster-path.ts';
import { BootLog } from './boot-log.tsx';
import { MachineActions } from './machine-actions.tsx';
import { MachinePower } from './machine-power.tsx';
import { powerWords, roleWords } from './machine-words.ts';

const useStyles = makeStyles({
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    overflowWrap: 'anywhere',
  },
});

/** One machine: what it is, what can be done with it, and what it writes when it boots. */
export function MachinePage(): JSX.Element {
  const path = useClusterPath();
  const name = useParams({
    from: '/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine',
    select: ({ machine }) => machine,
  });
  const styles = usePageStyles();
  const machines = useMachines(path);
  const problem = useShownProblem(machines);
  if (machines.isPending && !problem)
    return <SlowWait label={`Reading ${name}…`} onRetry={() => void machines.refetch()} />;
  const machine = machines.data?.find((each) => each.name.toLowerCase() === name.toLowerCase());
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={machines.dataUpdatedAt}
          title={machines.data ? 'This page may be out of date.' : `${name} could not be read.`}
          onRetry={() => void machines.refetch()}
        />
      )}
      {machine && machines.data && (
        <MachineDetails path={path} machine={machine} machines={machines.data} key={machine.id} />
      )}
      {machines.data && !machine && <NoMachine path={path} name={name} />}
    </div>
  );
}

function NoMachine({ path, name }: { path: ClusterPath; name: string }): JSX.Element {
  const styles = usePageStyles();
  return (
    <>
      <p className={styles.text}>
        {path.name} has no machine {name}. It may have been deleted, or the address has a mistake in it.
      </p>
      <div>
        <LinkButton to="/clusters/$subscriptionId/$resourceGroup/$name/machines" params={path}>
          See the machines
        </LinkButton>
      </div>
    </>
  );
}

function MachineDetails({
  path,
  machine,
  machines,
}: {
  path: ClusterPath;
  machine: Machine;
  machines: readonly Machine[];
}): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const addresses = machine.addresses.join(', ');
  const { data: read } = useResource(machine.id);
  const { data: cluster } = useCluster(path);
  return (
    <>
      <div className={styles.title}>
        <h2 className={styles.name}>{machine.name}</h2>
        <MachinePower power={machine.power} />
      </div>
      {machine.provisioningState === 'Failed' && <LastFailure machine={machine} />}
      <section className={pageStyles.section} aria-labelledby="essentials">
        <h3 className={pageStyles.heading} id="essentials">
          Essentials
        </h3>
        <Essentials
          items={[
            { label: 'Role', value: machine.role && roleWords[machine.role] },
            { label: 'Size', value: machine.size },
            { label: 'State', value: powerWords[machine.power] },
            { label: 'Provisioning', value: machine.provisioningState },
            { label: 'Private address', value: addresses || undefined, copyText: addresses },
            { label: 'Computer name', value: machine.computerName, copyText: machine.computerName },
            { label: 'Fault domain', value: machine.faultDomain },
            { label: 'Update domain', value: machine.updateDomain },
            {
              label: 'Resource ID',
              value: <ResourceLink id={machine.id}>{machine.id}</ResourceLink>,
              copyText: machine.id,
            },
          ]}
        />
      </section>
      <MachineActions home={path} machine={machine} machines={machines} clusterState={cluster?.state} />
      <BootLog home={path} machine={machine} />
      {read && <InstanceView resource={read.resource} />}
    </>
  );
}

function LastFailure({ machine }: { machine: Machine }): JSX.Element {
  return (
    <>
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The last change of this machine failed.</MessageBarTitle> What it was before it
          still is; try again when the cause is out of the way.
        </MessageBarBody>
      </MessageBar>
      {machine.error && <ArmErrorDetails error={machine.error} />}
    </>
  );
}
