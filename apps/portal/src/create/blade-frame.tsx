import { Button, Spinner, Subtitle1, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons';
import type { FormEvent, JSX, ReactNode } from 'react';
import { useWizard } from './wizard-context.ts';
import { type WizardStep, stepTitles, wizardSteps } from './wizard-steps.ts';

const useStyles = makeStyles({
  blade: {
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '748px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 767px)': { borderLeft: 'none', borderRight: 'none' },
  },
  head: {
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} 0`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  content: {
    flexGrow: 1,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: tokens.spacingVerticalM,
    maxWidth: '700px',
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXL}`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  footer: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  ok: { minWidth: '96px' },
});

/** The element that names the open blade. */
export const bladeTitleId = 'blade-title';

/** One blade: its title, its content, and the docked footer with OK. */
export function BladeFrame({
  step,
  okDisabled,
  busy,
  onOk,
  children,
}: {
  step: WizardStep;
  okDisabled: boolean;
  busy: boolean;
  onOk: () => void;
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  const { open } = useWizard();
  const before = wizardSteps[wizardSteps.indexOf(step) - 1];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!okDisabled && !busy) onOk();
  };
  return (
    <form className={styles.blade} onSubmit={submit} noValidate aria-labelledby={bladeTitleId}>
      <div className={styles.head}>
        <Subtitle1 as="h2" id={bladeTitleId} tabIndex={-1}>
          {stepTitles[step]}
        </Subtitle1>
      </div>
      <div className={styles.content}>{children}</div>
      <div className={mergeClasses(styles.footer, 'not-printed')}>
        {before && (
          <Button icon={<ChevronLeftRegular />} onClick={() => open(before)}>
            Back
          </Button>
        )}
        <Button
          type="submit"
          appearance="primary"
          className={styles.ok}
          disabled={okDisabled}
          disabledFocusable={busy}
          icon={busy ? <Spinner size="tiny" aria-hidden /> : null}
        >
          OK
        </Button>
      </div>
    </form>
  );
}
