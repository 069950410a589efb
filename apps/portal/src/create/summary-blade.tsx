import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { type JSX, useEffect } from 'react';
import { useWhatIfSpec } from '../api/what-if.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';
import { WhatIfPreview } from '../what-if/what-if-preview.tsx';
import { BladeFrame } from './blade-frame.tsx';
import { specFromDraft } from './draft.ts';
import { FailedValidation } from './failed-validation.tsx';
import { SummaryActions } from './summary-actions.tsx';
import { SummaryGroups } from './summary-groups.tsx';
import { useValidation } from './use-validation.ts';
import type { Validation } from './validation.ts';
import { useWizard } from './wizard-context.ts';
import type { StepStatus } from './wizard-state.ts';

const useStyles = makeStyles({
  values: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: tokens.spacingVerticalM,
  },
  // As far from what is above as the other parts.
  foreseen: { marginTop: tokens.spacingVerticalM },
});

const statusOf: Record<Validation['state'], StepStatus> = {
  incomplete: 'error',
  running: 'todo',
  passed: 'valid',
  refused: 'error',
  unknown: 'todo',
};

/** Everything that was entered; the API and ARM verify it, and only then it can be created. */
export function SummaryBlade({ onStatus }: { onStatus: (status: StepStatus) => void }): JSX.Element {
  const styles = useStyles();
  const { draft, dispatch, submission } = useWizard();
  const { phase } = submission.state;
  const isSubmitted = phase === 'sending' || phase === 'looking';
  const spec = specFromDraft(draft);
  const { validation, again } = useValidation(spec, !isSubmitted);
  const { state } = validation;
  const isPassed = state === 'passed' && !isSubmitted;
  // Only to be read: whoever does not want to wait for it creates the cluster all the same.
  const whatIf = useWhatIfSpec(isPassed ? spec : undefined);

  useEffect(() => onStatus(statusOf[state]), [state, onStatus]);
  useEffect(() => {
    if (state === 'incomplete') dispatch({ type: 'everythingAskedFor' });
  }, [state, dispatch]);

  return (
    <BladeFrame
      step="summary"
      okDisabled={state !== 'passed' && !isSubmitted}
      busy={isSubmitted}
      onOk={() => {
        if (spec) submission.submit(spec);
      }}
    >
      {!isSubmitted && (
        <div className="not-printed">
          <Verdict validation={validation} onAgain={again} />
        </div>
      )}
      {submission.state.phase === 'refused' && (
        <ProblemBar problem={submission.state.problem} title="The container service could not be created." />
      )}
      <SummaryActions spec={spec} />
      <div className={mergeClasses(styles.values, 'print-page')}>
        <SummaryGroups />
        {isPassed && (
          <div className={styles.foreseen}>
            <WhatIfPreview title="What will be created" answer={whatIf} />
          </div>
        )}
      </div>
    </BladeFrame>
  );
}

function Verdict({ validation, onAgain }: { validation: Validation; onAgain: () => void }): JSX.Element {
  switch (validation.state) {
    case 'running':
      return <SlowWait inline size="tiny" label="Validation is in progress…" onRetry={onAgain} />;
    case 'passed':
      return (
        <MessageBar intent="success">
          <MessageBarBody>
            <MessageBarTitle>Validation passed</MessageBarTitle>
            Press OK to create the container service.
          </MessageBarBody>
        </MessageBar>
      );
    case 'incomplete':
      return <FailedValidation problem={undefined} />;
    case 'refused':
      return <FailedValidation problem={validation.problem} />;
    case 'unknown':
      return (
        <>
          <ProblemBar
            problem={validation.problem}
            title="The values could not be validated."
            onRetry={onAgain}
          />
          {validation.isRetried && (
            <span>It is tried again by itself, and goes on when there is an answer.</span>
          )}
        </>
      );
  }
}
