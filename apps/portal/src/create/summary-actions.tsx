import { Button, makeStyles, mergeClasses, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
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
  const [isWanted, setIsWanted] = useState(false);
  const restoreFocus = useRestoreFocusTarget();
  const open = (): void => {
    setIsWanted(true);
    setIsOpen(true);
  };
  return (
    <div className={mergeClasses(styles.actions, 'not-printed')}>
      <Button
        {...restoreFocus}
        icon={<CodeRegular />}
        disabled={spec === undefined}
        disabledFocusable={spec === undefined}
        onClick={open}
      >
        Download for automation
      </Button>
      <PrefillLinkButton label="Copy link to these values" values={prefillOf(draft)} />
      <Button icon={<PrintRegular />} onClick={() => window.print()}>
        Print
      </Button>
      {/* It stays: a pane that goes away as a whole leaves the page hidden from screen readers. */}
      {isWanted && spec && (
        <Suspense>
          <AutomationDrawer spec={spec} open={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
