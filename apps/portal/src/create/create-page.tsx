import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Title3,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { getRouteApi } from '@tanstack/react-router';
import { type JSX, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { Age } from '../components/age.tsx';
import { PagePending } from '../shell/page-pending.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { BasicsBlade } from './basics-blade.tsx';
import { bladeTitleId } from './blade-frame.tsx';
import { AgentBlade, MasterBlade, PrefillQuestion, SummaryBlade, loadBlades } from './later-blades.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { PrefillNotice } from './prefill-notice.tsx';
import { StepsList } from './steps-list.tsx';
import { SubmissionBar } from './submission-bar.tsx';
import { useNewWizard } from './use-new-wizard.ts';
import { type Opening, useOpening } from './use-opening.ts';
import { WizardContext } from './wizard-context.ts';
import type { StepStatus } from './wizard-state.ts';
import { type WizardStep, stepTitles } from './wizard-steps.ts';

const route = getRouteApi('/create');

const useStyles = makeStyles({
  page: { flexGrow: 1, display: 'flex', flexDirection: 'column' },
  head: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalM}`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  blades: {
    flexGrow: 1,
    display: 'flex',
    flexDirection: 'column',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (min-width: 1366px)': { flexDirection: 'row' },
  },
  waiting: { opacity: 0.5 },
  steps: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '748px',
    '@media (min-width: 1366px)': {
      width: '280px',
      flexShrink: 0,
      padding: tokens.spacingHorizontalM,
      borderBottom: 'none',
    },
  },
});

/** The wizard: its steps and the open blade. The address names the step, so Back and Forward go through them. */
export function CreatePage(): JSX.Element {
  const { opening, startOver, take, keep } = useOpening();
  const [wasAsked, setWasAsked] = useState(false);
  if (opening.offered && !wasAsked) setWasAsked(true);
  return (
    <>
      <Wizard key={opening.visit} opening={opening} onStartOver={startOver} />
      {/* Closed, not taken away: else what is behind it would stay hidden from screen readers. */}
      {wasAsked && (
        <Suspense fallback={null}>
          <PrefillQuestion isAsked={opening.offered !== undefined} onTake={take} onKeep={keep} />
        </Suspense>
      )}
    </>
  );
}

function Wizard({
  opening: { kept, prefill },
  onStartOver,
}: {
  opening: Opening;
  onStartOver: () => void;
}): JSX.Element {
  const styles = useStyles();
  const { step = 'basics' } = route.useSearch();
  const { wizard, hasChanges, discard } = useNewWizard(kept, prefill !== undefined);
  const [restored, setRestored] = useState(kept !== undefined || prefill !== undefined);
  const [summaryStatus, setSummaryStatus] = useState<StepStatus>('todo');
  const submitted = wizard.submission.state;
  usePageTitle(stepTitles[step], 'Create a container service');
  const shownRef = useRef(step);

  return (
    <WizardContext value={wizard}>
      <div className={styles.page} onInput={() => void loadBlades()}>
        <div className={styles.head}>
          <Title3 as="h1">Create a container service</Title3>
        </div>
        <SubmissionBar submission={wizard.submission} />
        {restored && prefill && submitted.phase === 'idle' && (
          <PrefillNotice prefill={prefill} onDismiss={() => setRestored(false)} />
        )}
        {restored && kept && (prefill?.isEmpty ?? true) && submitted.phase === 'idle' && (
          <MessageBar intent="info" shape="square" layout="multiline">
            <MessageBarBody>
              Your draft was restored. You changed it last <Age at={kept.savedAt} />.
            </MessageBarBody>
            <MessageBarActions>
              <Button
                size="small"
                onClick={() => {
                  discard();
                  onStartOver();
                  wizard.open('basics');
                }}
              >
                Start over
              </Button>
              <Button size="small" appearance="transparent" onClick={() => setRestored(false)}>
                Go on
              </Button>
            </MessageBarActions>
          </MessageBar>
        )}
        {/* What is being looked for is what was sent: it must not change meanwhile. */}
        <div
          className={mergeClasses(styles.blades, submitted.phase === 'looking' && styles.waiting)}
          inert={submitted.phase === 'looking'}
        >
          <nav className={styles.steps} aria-label="Steps">
            <StepsList current={step} summaryStatus={step === 'summary' ? summaryStatus : 'todo'} />
          </nav>
          <Suspense key={step} fallback={<PagePending />}>
            <OpenBlade step={step} shownRef={shownRef} onSummaryStatus={setSummaryStatus} />
          </Suspense>
        </div>
      </div>
      <LeaveGuard
        asks={hasChanges}
        isSubmitted={submitted.phase === 'sending' || submitted.phase === 'looking'}
        onDiscard={discard}
      />
    </WizardContext>
  );
}

function OpenBlade({
  step,
  shownRef,
  onSummaryStatus,
}: {
  step: WizardStep;
  /** The step whose blade was open before. */
  shownRef: RefObject<WizardStep>;
  onSummaryStatus: (status: StepStatus) => void;
}): JSX.Element {
  useFocusOnNewBlade(step, shownRef);
  switch (step) {
    case 'basics':
      return <BasicsBlade />;
    case 'master':
      return <MasterBlade />;
    case 'agent':
      return <AgentBlade />;
    case 'summary':
      return <SummaryBlade onStatus={onSummaryStatus} />;
  }
}

/** Puts the focus on a blade's title when it takes the place of the one that had the focus. */
function useFocusOnNewBlade(step: WizardStep, shownRef: RefObject<WizardStep>): void {
  useEffect(() => {
    if (shownRef.current === step) return;
    shownRef.current = step;
    if (document.activeElement === document.body) document.getElementById(bladeTitleId)?.focus();
  }, [step, shownRef]);
}
