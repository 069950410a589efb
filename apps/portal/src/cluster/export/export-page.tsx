import {
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components';
import { checkResourceGroupName } from '@slipway/cluster';
import type { Cluster, ClusterExport } from '@slipway/contract';
import { type JSX, useState } from 'react';
import { useClusterExport } from '../../api/cluster-export.ts';
import { useCluster } from '../../api/cluster.ts';
import { AutomationFiles } from '../../automation/automation-files.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { SlowWait } from '../../components/slow-wait.tsx';
import { PrefillLinkButton } from '../../create/prefill-link-button.tsx';
import { fittingValues, longestLink } from '../../create/prefill-values.ts';
import { usePageStyles } from '../page-styles.ts';
import { useClusterPath } from '../use-cluster-path.ts';
import { wizardValuesOf } from '../wizard-values.ts';
import { GroupTemplate } from './group-template.tsx';

const base = '/clusters/$subscriptionId/$resourceGroup/$name';

const useStyles = makeStyles({ field: { maxWidth: '360px' } });

/** What there is to take along of a container service: as files and commands, as a link, as a template of its group. */
export function ExportPage(): JSX.Element | null {
  const path = useClusterPath();
  const { data: cluster } = useCluster(path);
  return cluster ? <Export cluster={cluster} /> : null;
}

function Export({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = usePageStyles();
  const values = wizardValuesOf(cluster);
  const own = fittingValues(values, longestLink);
  const { subscriptionId, resourceGroup, name } = cluster;
  return (
    <div className={mergeClasses(styles.page, styles.readable)}>
      <section className={styles.section} aria-labelledby="export-files">
        <h2 className={styles.heading} id="export-files">
          Template and parameters
        </h2>
        <p className={styles.text}>
          What this container service was deployed with last, to deploy it again elsewhere. Its DNS names are
          taken as long as it is there: choose another <code>dnsPrefix</code> in the parameters for a second
          one.
        </p>
        <StackFiles cluster={cluster} />
      </section>
      <section className={styles.section} aria-labelledby="export-wizard">
        <h2 className={styles.heading} id="export-wizard">
          Another one like it
        </h2>
        <p className={styles.text}>
          The wizard with this container service’s values, without its SSH public key. It says which names are
          taken.
        </p>
        <div className={styles.actions}>
          <LinkButton to="/create" search={own.values}>
            Open the wizard with these values
          </LinkButton>
          <PrefillLinkButton label="Copy link to these values" values={values} />
        </div>
      </section>
      <section className={styles.section} aria-labelledby="export-group">
        <h2 className={styles.heading} id="export-group">
          The resource group as it is now
        </h2>
        <p className={styles.text}>
          Azure Resource Manager makes a template of everything in {resourceGroup}, also of what was changed
          or added beside this container service. What is never shown, such as scripts and passwords, is no
          part of it.
        </p>
        <GroupTemplate
          key={`${subscriptionId}/${resourceGroup}`}
          subscriptionId={subscriptionId}
          resourceGroup={resourceGroup}
        />
      </section>
      <section className={styles.section} aria-labelledby="export-pictures">
        <h2 className={styles.heading} id="export-pictures">
          Pictures and diagrams
        </h2>
        <p className={styles.text}>
          The{' '}
          <PageLink inline to={`${base}/topology`} params={{ subscriptionId, resourceGroup, name }}>
            topology
          </PageLink>{' '}
          is saved there as a picture, as Mermaid text or as JSON, and printed.
        </p>
      </section>
    </div>
  );
}

function StackFiles({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = usePageStyles();
  const own = useStyles();
  const held = useClusterExport(cluster, cluster.deploymentId);
  const problem = useShownProblem(held);
  const [group, setGroup] = useState(cluster.resourceGroup);
  const wrong = checkResourceGroupName(group);
  const ask = (): void => void held.refetch();
  if (!held.data)
    return problem ? (
      <ProblemBar problem={problem} title="The template could not be read." onRetry={ask} />
    ) : (
      <SlowWait inline size="tiny" label="Reading the template…" onRetry={ask} />
    );
  const isElsewhere = group.toLowerCase() !== cluster.resourceGroup.toLowerCase();
  return (
    <div className={styles.section}>
      <Field
        className={own.field}
        label="Resource group to deploy into"
        {...(wrong === undefined ? {} : { validationState: 'error', validationMessage: wrong })}
      >
        <Input value={group} onChange={(_, { value }) => setGroup(value)} />
      </Field>
      <Untold held={held.data} />
      <AutomationFiles
        files={{ template: held.data.template, parameters: held.data.parameters }}
        place={{
          subscriptionId: cluster.subscriptionId,
          resourceGroup: wrong === undefined ? group : cluster.resourceGroup,
          newGroupIn: isElsewhere && wrong === undefined ? cluster.region : undefined,
          serviceName: cluster.name,
        }}
      />
    </div>
  );
}

/** What Azure does not tell, or this portal does not show. */
function Untold({ held: { secretParameters, leftOut } }: { held: ClusterExport }): JSX.Element | null {
  if (secretParameters.length + leftOut.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {secretParameters.length > 0 &&
          `Secret, and to be given anew with each deployment: ${secretParameters.join(', ')}. `}
        {leftOut.length > 0 &&
          `Left out of the template, because it is written there in plain text: ${leftOut.join(', ')}.`}
      </MessageBarBody>
    </MessageBar>
  );
}
