import { Tab, TabList } from '@fluentui/react-components';
import { type CliShell, type CliTarget, deploymentCommand, shellNames, stackCommand } from '@slipway/cluster';
import { type JSX, useId, useState } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { CodeView } from '../components/code-view.tsx';
import { guessSystem } from '../components/computer-system.ts';

const cliShells: readonly CliShell[] = ['bash', 'powershell'];

/** Commands of the Azure CLI that build a cluster from its two files, for the shell that a person uses. */
export function CliCommands({ target }: { target: CliTarget }): JSX.Element {
  const styles = usePageStyles();
  const panelId = useId();
  const [shell, setShell] = useState<CliShell>(
    guessSystem(navigator.userAgent) === 'windows' ? 'powershell' : 'bash',
  );
  return (
    <>
      <TabList
        selectedValue={shell}
        onTabSelect={(_, { value }) => setShell(cliShells.find((each) => each === value) ?? 'bash')}
        aria-label="Shell"
        size="small"
      >
        {cliShells.map((each) => (
          <Tab key={each} value={each} id={`${panelId}-${each}`} aria-controls={panelId}>
            {shellNames[each]}
          </Tab>
        ))}
      </TabList>
      <div id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${shell}`} className={styles.section}>
        <p className={styles.text}>
          Download both files, and run this beside them. It makes a deployment stack that owns the whole
          cluster, so that it can be updated and deleted as one thing; this portal lists it, too.
        </p>
        <CodeView
          key={`stack ${shell}`}
          title="Deploy as a container service"
          text={stackCommand(target, shell)}
        />
        <p className={styles.text}>
          The same resources without a stack, for a pipeline that keeps track of them itself. This portal does
          not list them as a container service.
        </p>
        <CodeView
          key={`deployment ${shell}`}
          title="Deploy the resources alone"
          text={deploymentCommand(target, shell)}
        />
      </div>
    </>
  );
}
