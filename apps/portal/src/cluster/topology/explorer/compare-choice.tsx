import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular, FolderOpenRegular, WarningRegular } from '@fluentui/react-icons';
import { type JSX, type ReactNode, useRef, useState } from 'react';
import { Age } from '../../../components/age.tsx';
import { usePageStyles } from '../../page-styles.ts';
import { browserStorage } from './browser-storage.ts';
import { type ComparedWith, writeMoment } from './compared-with.ts';
import { forgetMoment } from './kept-moments.ts';
import { forgetMissedMoment } from './missed-moments.ts';
import { ClusterChoice, GroupChoice } from './place-choice.tsx';
import { type TopologyPlace, placeKey, placeName } from './topology-place.ts';
import { useMoments } from './use-moments.ts';

const useStyles = makeStyles({
  choices: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: tokens.spacingHorizontalXL,
    alignItems: 'start',
  },
  places: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  moments: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXXS },
  moment: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'center' },
  missed: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    paddingBlock: tokens.spacingVerticalXS,
    '& > svg': { fontSize: '20px', color: tokens.colorStatusWarningForeground3 },
  },
  choose: {
    justifyContent: 'start',
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    minHeight: '44px',
  },
  hidden: { display: 'none' },
});

interface CompareChoiceProps {
  place: TopologyPlace;
  chosen: ComparedWith;
  /** The name of the file that was opened. */
  file: string | undefined;
  /** Told what was chosen as the address says it. */
  onChoose: (text: string) => void;
  onOpen: (file: { name: string; text: string }) => void;
}

/** With what a topology is compared: a container service, a resource group, a kept moment, or an exported file. */
export function CompareChoice({ place, chosen, file, onChoose, onOpen }: CompareChoiceProps): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <section className={pageStyles.section} aria-labelledby="compare-with">
      <h2 id="compare-with" className={pageStyles.heading}>
        Compare {placeName(place)} with
      </h2>
      <div className={styles.choices}>
        <div className={styles.places}>
          <ClusterChoice place={place} chosen={chosen} onChoose={onChoose} />
          <GroupChoice place={place} chosen={chosen} onChoose={onChoose} />
        </div>
        <Moments place={place} chosen={chosen} onChoose={onChoose} />
        <FileChoice file={file} onOpen={onOpen} />
      </div>
    </section>
  );
}

function Moments({
  place,
  chosen,
  onChoose,
}: Pick<CompareChoiceProps, 'place' | 'chosen' | 'onChoose'>): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const { kept, missed } = useMoments(placeKey(place));
  return (
    <div>
      <h3 className={pageStyles.heading}>An earlier moment</h3>
      {kept.length === 0 && (
        <p className={pageStyles.text}>
          None is kept in this browser yet. “Keep this moment” on the topology keeps one
          {place.kind === 'cluster' && '; when a deployment begins or ends one is kept by itself'}.
        </p>
      )}
      <ul className={styles.moments}>
        {kept.map(({ id, at, words }) => {
          const isChosen = chosen?.kind === 'moment' && chosen.id === id;
          return (
            <Moment key={id} at={at} onForget={() => forgetMoment(browserStorage(), id)}>
              <Button
                className={styles.choose}
                appearance={isChosen ? 'secondary' : 'subtle'}
                aria-pressed={isChosen}
                onClick={() => onChoose(writeMoment(id))}
              >
                <span>
                  {words}, {new Date(at).toLocaleString()} (<Age at={at} />)
                </span>
              </Button>
            </Moment>
          );
        })}
      </ul>
      {missed.length > 0 && (
        <>
          <ul className={styles.moments} aria-label="Moments that could not be kept">
            {missed.map(({ id, at, words, why }) => (
              <Moment key={id} at={at} onForget={() => forgetMissedMoment(browserStorage(), id)}>
                <div className={styles.missed}>
                  <WarningRegular aria-hidden />
                  <span>
                    {words}, {new Date(at).toLocaleString()}: this moment could not be kept. {why}
                  </span>
                </div>
              </Moment>
            ))}
          </ul>
          <p className={pageStyles.quiet}>
            To compare with such a moment, export the topology as JSON while it lasts, and open that file here
            later.
          </p>
        </>
      )}
    </div>
  );
}

function Moment({
  at,
  onForget,
  children,
}: {
  at: number;
  onForget: () => void;
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  return (
    <li className={styles.moment}>
      {children}
      <Button
        appearance="subtle"
        icon={<DeleteRegular />}
        aria-label={`Forget the moment of ${new Date(at).toLocaleString()}`}
        onClick={onForget}
      />
    </li>
  );
}

function FileChoice({ file, onOpen }: Pick<CompareChoiceProps, 'file' | 'onOpen'>): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const read = (chosen: File | undefined): void => {
    if (!chosen) return;
    setProblem(undefined);
    chosen.text().then(
      (text) => onOpen({ name: chosen.name, text }),
      () => setProblem('The file could not be read.'),
    );
  };
  return (
    <div>
      <h3 className={pageStyles.heading}>A file</h3>
      <p className={pageStyles.text}>One that “Export” saved as JSON. It stays on this computer.</p>
      <Button icon={<FolderOpenRegular />} onClick={() => field.current?.click()}>
        Open a file
      </Button>{' '}
      {file}
      {problem}
      <input
        ref={field}
        className={styles.hidden}
        type="file"
        accept=".json,application/json"
        aria-label="A topology as JSON"
        onChange={({ currentTarget }) => read(currentTarget.files?.[0])}
      />
    </div>
  );
}
