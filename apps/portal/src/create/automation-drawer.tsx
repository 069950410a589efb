import { makeStyles } from '@fluentui/react-components';
import type { ClusterSpec } from '@slipway/cluster';
import type { JSX } from 'react';
import { useClusterTemplate } from '../api/cluster-template.ts';
import { AutomationFiles } from '../automation/automation-files.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SidePane } from '../components/side-pane.tsx';
import { SlowWait } from '../components/slow-wait.tsx';

const useStyles = makeStyles({ text: { margin: 0 } });

/** A pane with what builds the wizard's cluster from a command line or a pipeline. */
export function AutomationDrawer({
  spec,
  open,
  onClose,
}: {
  spec: ClusterSpec;
  open: boolean;
  onClose: () => void;
}): JSX.Element {
  const styles = useStyles();
  return (
    <SidePane title="Download for automation" size="large" open={open} onClose={onClose}>
      <p className={styles.text}>
        Exactly what OK would submit: deployed from elsewhere, it builds the same cluster. Of what you entered
        it holds the SSH public key; there is no secret in it.
      </p>
      <Files spec={spec} />
    </SidePane>
  );
}

function Files({ spec }: { spec: ClusterSpec }): JSX.Element {
  const files = useClusterTemplate(spec);
  const ask = (): void => void files.refetch();
  if (files.data) {
    const { subscriptionId, resourceGroup, region, serviceName } = spec.basics;
    const newGroupIn = resourceGroup.kind === 'new' ? region : undefined;
    return (
      <AutomationFiles
        files={files.data}
        place={{ subscriptionId, resourceGroup: resourceGroup.name, newGroupIn, serviceName }}
      />
    );
  }
  return files.error ? (
    <ProblemBar problem={files.error} title="The template could not be read." onRetry={ask} />
  ) : (
    <SlowWait inline size="tiny" label="Reading the template…" onRetry={ask} />
  );
}
