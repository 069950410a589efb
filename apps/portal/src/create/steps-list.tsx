import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkFilled, DismissFilled } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { type StepStatus, stepStatus } from './wizard-state.ts';
import { useWizard } from './wizard-context.ts';
import { type WizardStep, stepTitles, wizardSteps } from './wizard-steps.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
    '@media (min-width: 1366px)': {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: tokens.spacingVerticalXS,
      // It stays in view beside a long blade.
      position: 'sticky',
      top: tokens.spacingVerticalM,
    },
  },
  step: {
    width: '100%',
    height: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS}`,
    border: 'none',
    borderBottom: '3px solid transparent',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-current="step"]': {
      fontWeight: tokens.fontWeightSemibold,
      borderBottomColor: tokens.colorCompoundBrandStroke,
    },
    '@media (min-width: 1366px)': {
      borderBottom: 'none',
      borderLeft: '3px solid transparent',
      borderRadius: tokens.borderRadiusMedium,
      '&[aria-current="step"]': {
        borderLeftColor: tokens.colorCompoundBrandStroke,
        backgroundColor: tokens.colorNeutralBackground1Selected,
      },
    },
    '@media (max-width: 767px)': {
      flexDirection: 'column',
      gap: tokens.spacingVerticalXS,
      padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXS}`,
      fontSize: tokens.fontSizeBase200,
      lineHeight: tokens.lineHeightBase200,
      textAlign: 'center',
    },
  },
  badge: {
    flexShrink: 0,
    width: '24px',
    height: '24px',
    boxSizing: 'border-box',
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  // By the style, not as text: the button is named by the step's title alone.
  todo: { '::before': { content: 'attr(data-number)' } },
  valid: {
    backgroundColor: tokens.colorStatusSuccessBackground3,
    border: '1px solid transparent',
    color: tokens.colorNeutralForegroundOnBrand,
  },
  error: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    border: '1px solid transparent',
    color: tokens.colorNeutralForegroundOnBrand,
  },
});

const statusWords: Record<StepStatus, string> = {
  todo: 'To do',
  valid: 'Done',
  error: 'Has an error',
};

/** The wizard's steps with their badges: number, tick or cross. */
export function StepsList({
  current,
  summaryStatus,
}: {
  current: WizardStep;
  summaryStatus: StepStatus;
}): JSX.Element {
  const styles = useStyles();
  const { state, errors, open } = useWizard();
  return (
    <ol className={styles.list}>
      {wizardSteps.map((step, index) => {
        const status = step === 'summary' ? summaryStatus : stepStatus(state, errors, step);
        return (
          <li key={step}>
            <button
              type="button"
              className={styles.step}
              onClick={() => open(step)}
              aria-current={step === current ? 'step' : undefined}
              aria-labelledby={`step-${step}`}
              aria-describedby={`step-${step}-status`}
            >
              <span
                aria-hidden
                data-number={index + 1}
                className={mergeClasses(styles.badge, styles[status])}
              >
                {status === 'valid' && <CheckmarkFilled />}
                {status === 'error' && <DismissFilled />}
              </span>
              <span hidden id={`step-${step}-status`}>
                {statusWords[status]}
              </span>
              <span id={`step-${step}`}>{stepTitles[step]}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
