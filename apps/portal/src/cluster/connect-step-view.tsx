import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons';
import type { ConnectStep, Shell } from '@slipway/cluster';
import type { JSX, ReactNode } from 'react';
import { Breakable } from '../components/breakable.tsx';
import { CommandBlock } from './command-block.tsx';
import { ConnectGuidance } from './connect-guidance.tsx';
import { usePageStyles } from './page-styles.ts';
import { TextFile } from './text-file.tsx';

const useStyles = makeStyles({
  step: {
    display: 'grid',
    gridTemplateColumns: '32px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
  },
  number: {
    width: '28px',
    height: '28px',
    borderRadius: tokens.borderRadiusCircular,
    display: 'grid',
    placeItems: 'center',
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  done: {
    backgroundColor: tokens.colorStatusSuccessBackground2,
    color: tokens.colorStatusSuccessForeground2,
  },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  head: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
  },
});

/** One step of connecting: its command, what the answer looks like, and a tick for when it is done. */
export function ConnectStepView({
  step,
  number,
  shell,
  isDone,
  onDone,
  children,
}: {
  step: ConnectStep;
  number: number;
  shell: Shell;
  isDone: boolean;
  onDone: (isDone: boolean) => void;
  /** What the step goes through. */
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <li className={styles.step}>
      <span className={mergeClasses(styles.number, isDone && styles.done)} aria-hidden>
        {isDone ? <CheckmarkRegular /> : number}
      </span>
      <div className={styles.content}>
        <div className={styles.head}>
          <h2 className={pageStyles.heading}>{step.title}</h2>
          <Checkbox
            label="Done"
            aria-label={`Done: ${step.title}`}
            checked={isDone}
            onChange={(_, { checked }) => onDone(checked === true)}
          />
        </div>
        <p className={pageStyles.text}>
          <Breakable text={step.explanation} />
        </p>
        {step.file && <TextFile {...step.file} />}
        <CommandBlock command={step.commands[shell]} label={`Copy the command: ${step.title}`} />
        {step.notes.map((note) => (
          <p key={note} className={mergeClasses(pageStyles.text, pageStyles.quiet)}>
            <Breakable text={note} />
          </p>
        ))}
        <ConnectGuidance step={step} shell={shell} />
        {children}
      </div>
    </li>
  );
}
