import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ConnectStep, type Shell, optionsIn, troublesIn } from '@slipway/cluster';
import type { JSX } from 'react';
import { Breakable } from '../components/breakable.tsx';
import { Fold } from '../components/fold.tsx';
import { CommandBlock } from './command-block.tsx';
import { usePageStyles } from './page-styles.ts';
import { TextFile } from './text-file.tsx';

const useStyles = makeStyles({
  answer: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  list: { margin: 0, display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  sign: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  remedy: { margin: 0, display: 'grid', gap: tokens.spacingVerticalS, gridTemplateColumns: 'minmax(0, 1fr)' },
  options: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    '& dd': { margin: 0 },
  },
  folds: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
});

/** What the answer of a step looks like, other ways to do it, and what to do when something else comes. */
export function ConnectGuidance({ step, shell }: { step: ConnectStep; shell: Shell }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const options = optionsIn(step.options, shell);
  const troubles = troublesIn(step.troubles, shell);
  return (
    <>
      <p className={mergeClasses(styles.answer, pageStyles.quiet)}>
        <strong>What you should see:</strong> <Breakable text={step.answer[shell]} />
      </p>
      <div className={styles.folds}>
        {options.length > 0 && (
          <Fold title={`What ${options.map(({ option }) => option).join(' ')} mean`}>
            <dl className={styles.options}>
              {options.map(({ option, meaning }) => [
                <dt key={option} className={styles.sign}>
                  {option}
                </dt>,
                <dd key={meaning}>{meaning}</dd>,
              ])}
            </dl>
          </Fold>
        )}
        {step.alternatives.map(({ title, explanation, file, commands }) => (
          <Fold key={title} title={title}>
            <p className={pageStyles.text}>{explanation}</p>
            {file && <TextFile {...file} />}
            {commands && <CommandBlock command={commands[shell]} label={`Copy: ${title}`} />}
          </Fold>
        ))}
        {troubles.length > 0 && (
          <Fold title="If something else comes">
            <dl className={styles.list}>
              {troubles.map(({ sign, remedy, commands }) => (
                <div key={sign}>
                  <dt className={styles.sign}>{sign}</dt>
                  <dd className={styles.remedy}>
                    <span>{remedy}</span>
                    {commands && (
                      <CommandBlock command={commands[shell]} label={`Copy what helps: ${sign}`} />
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </Fold>
        )}
      </div>
    </>
  );
}
