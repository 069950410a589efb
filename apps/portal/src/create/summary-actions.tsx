import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CodeRegular, PrintRegular } from '@fluentui/react-icons';
import type { ClusterSpec } from '@slipway/cluster';
import { type JSX, Suspense, lazy, useState } from 'react';
import { patiently } from '../api/page-code.ts';
import { PrefillLinkButton } from './prefill-link-button.tsx';
import { prefillOf } from './prefill-link.ts';
import { useWizard } from './wizard-context.ts';

const AutomationDrawer = lazy(
  patiently(async () => ({ default: (await import('./automation-drawer.tsx')).AutomationDrawer })),
);

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** What can be done with the values beside creating the cluster; `spec` is there once they are complete. */
export function SummaryActions({ spec }: { spec: ClusterSpec | undefined }): JSX.Element {
  const styles = useStyles();
  const { draft } = useWizard();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={mergeClasses(styles.actions, 'not-printed')}>
      <Button
        icon={<CodeRegular />}
        disabled={spec === undefined}
        disabledFocusable={spec === undefined}
        onClick={() => setIsOpen(true)}
      >
        Download for automation
      </Button>
      <PrefillLinkButton label="Copy link to these values" values={prefillOf(draft)} />
      <Button icon={<PrintRegular />} onClick={() => window.print()}>
        Print
      </Button>
      {isOpen && spec && (
        <Suspense>
          <AutomationDrawer spec={spec} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
