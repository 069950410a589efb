import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular, ArrowRightRegular, DismissRegular } from '@fluentui/react-icons';
import type { WalkStep } from '@slipway/topology';
import { type JSX, type KeyboardEvent, useEffect, useRef } from 'react';
import { PageLink } from '../../../components/page-link.tsx';
import { useExplorer } from './explorer-context.ts';
import { usePanelStyles } from './panel-styles.ts';

const useStyles = makeStyles({
  steps: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  step: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    outlineStyle: 'none',
  },
  part: { margin: 0 },
  keys: { display: 'contents' },
  button: { minHeight: '44px' },
});

/** A tour from the outside in, one piece after another; the diagram follows. */
export function WalkPanel({ onClose }: { onClose: () => void }): JSX.Element {
  const styles = useStyles();
  const panel = usePanelStyles();
  const { walk: steps, address, change, zoomTo, place } = useExplorer();
  const number = Math.min(address.step ?? 1, steps.length);
  const step = steps[number - 1];
  const go = (to: number): void => {
    if (to < 1 || to > steps.length) return;
    change({ step: to }, { replace: true });
  };
  useCamera(step, zoomTo, address.at !== undefined);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(number + by);
  };
  return (
    <aside className={mergeClasses(panel.panel, panel.atStart)} aria-label="Guided walk">
      {/* The keys do what its buttons do. */}
      <div role="presentation" className={styles.keys} onKeyDown={onKeyDown}>
        <div className={panel.head}>
          <h2 ref={title} tabIndex={-1} className={panel.title}>
            Guided walk
          </h2>
          <Button appearance="subtle" icon={<DismissRegular />} aria-label="End the walk" onClick={onClose} />
        </div>
        <div className={styles.steps}>
          <Button
            className={styles.button}
            icon={<ArrowLeftRegular />}
            disabledFocusable={number <= 1}
            onClick={() => go(number - 1)}
          >
            Previous
          </Button>
          <span className={panel.quiet}>
            Step {number} of {steps.length}
          </span>
          <Button
            className={styles.button}
            appearance="primary"
            icon={<ArrowRightRegular />}
            iconPosition="after"
            disabledFocusable={number >= steps.length}
            onClick={() => go(number + 1)}
          >
            Next
          </Button>
        </div>
        <div className={styles.step} aria-live="polite">
          {step && <Step step={step} />}
        </div>
        <span className={panel.quiet}>The arrow keys lead on and back, too.</span>
        {place.kind === 'cluster' && (
          <PageLink
            to="/clusters/$subscriptionId/$resourceGroup/$name/topology/walk"
            params={{ ...place.path }}
          >
            The walk as text, to be printed or passed on
          </PageLink>
        )}
      </div>
    </aside>
  );
}

function Step({ step: { title, what, why, name, without } }: { step: WalkStep }): JSX.Element {
  const styles = useStyles();
  const panel = usePanelStyles();
  return (
    <>
      <h3 className={panel.heading}>{title}</h3>
      <p className={styles.part}>{what}</p>
      <p className={styles.part}>
        <strong>Why it is there.</strong> {why}
      </p>
      {name !== undefined && (
        <p className={styles.part}>
          <strong>What its name means.</strong> {name}
        </p>
      )}
      <p className={styles.part}>
        <strong>Without it.</strong> {without}
      </p>
    </>
  );
}

/** The diagram shows what the step is about. */
function useCamera(
  step: WalkStep | undefined,
  zoomTo: (ids: readonly string[]) => void,
  isShared: boolean,
): void {
  const wanted = step?.pieces.join('\n');
  // A shared view stays as it was shared.
  const shown = useRef(isShared ? wanted : undefined);
  useEffect(() => {
    if (!step || shown.current === wanted) return;
    shown.current = wanted;
    zoomTo(step.pieces);
  }, [step, wanted, zoomTo]);
}
