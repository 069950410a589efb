import { Button, Field, Select, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular, FolderOpenRegular } from '@fluentui/react-icons';
import type { ClusterPath } from '@slipway/contract';
import { type JSX, useRef, useState } from 'react';
import { useClusters } from '../../../api/clusters.ts';
import { Age } from '../../../components/age.tsx';
import { usePageStyles } from '../../page-styles.ts';
import { browserStorage } from './browser-storage.ts';
import { writeCluster, writeMoment } from './compared-with.ts';
import { forgetMoment, momentsOf } from './kept-moments.ts';
import { placeOf } from './place-of.ts';

const useStyles = makeStyles({
  choices: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: tokens.spacingHorizontalXL,
    alignItems: 'start',
  },
  moments: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXXS },
  moment: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'center' },
  choose: {
    justifyContent: 'start',
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    minHeight: '44px',
  },
  hidden: { display: 'none' },
});

interface CompareChoiceProps {
  path: ClusterPath;
  /** As the address says it. */
  chosen: string | undefined;
  /** The name of the file that was opened. */
  file: string | undefined;
  onChoose: (text: string) => void;
  onOpen: (file: { name: string; text: string }) => void;
}

/** With what a topology is compared: another container service, a kept moment, or an exported file. */
export function CompareChoice({ path, chosen, file, onChoose, onOpen }: CompareChoiceProps): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const { data: clusters } = useClusters();
  const others = (clusters ?? []).filter((other) => placeOf(pathOf(other)) !== placeOf(path));
  return (
    <section className={pageStyles.section} aria-labelledby="compare-with">
      <h2 id="compare-with" className={pageStyles.heading}>
        Compare {path.name} with
      </h2>
      <div className={styles.choices}>
        <Field label="Another container service">
          <Select
            value={chosen?.startsWith('cluster:') ? chosen : ''}
            onChange={(_, { value }) => value && onChoose(value)}
            disabled={others.length === 0}
          >
            <option value="">{others.length === 0 ? 'There is no other' : 'Choose one'}</option>
            {others.map((other) => (
              <option key={writeCluster(pathOf(other))} value={writeCluster(pathOf(other))}>
                {other.name} ({other.resourceGroup})
              </option>
            ))}
          </Select>
        </Field>
        <Moments path={path} chosen={chosen} onChoose={onChoose} />
        <FileChoice file={file} onOpen={onOpen} />
      </div>
    </section>
  );
}

const pathOf = ({ subscriptionId, resourceGroup, name }: ClusterPath): ClusterPath => ({
  subscriptionId,
  resourceGroup,
  name,
});

function Moments({
  path,
  chosen,
  onChoose,
}: Pick<CompareChoiceProps, 'path' | 'chosen' | 'onChoose'>): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const [moments, setMoments] = useState(() => momentsOf(browserStorage(), placeOf(path)));
  const forget = (id: string): void => {
    forgetMoment(browserStorage(), id);
    setMoments(momentsOf(browserStorage(), placeOf(path)));
  };
  return (
    <div>
      <h3 className={pageStyles.heading}>An earlier moment</h3>
      {moments.length === 0 && (
        <p className={pageStyles.text}>
          None is kept in this browser yet. “Keep this moment” on the topology keeps one; when a deployment
          begins or ends one is kept by itself.
        </p>
      )}
      <ul className={styles.moments}>
        {moments.map(({ id, at, words }) => {
          const when = new Date(at).toLocaleString();
          return (
            <li key={id} className={styles.moment}>
              <Button
                className={styles.choose}
                appearance={chosen === writeMoment(id) ? 'secondary' : 'subtle'}
                aria-pressed={chosen === writeMoment(id)}
                onClick={() => onChoose(writeMoment(id))}
              >
                <span>
                  {words}, {when} (<Age at={at} />)
                </span>
              </Button>
              <Button
                appearance="subtle"
                icon={<DeleteRegular />}
                aria-label={`Forget the moment of ${when}`}
                onClick={() => forget(id)}
              />
            </li>
          );
        })}
      </ul>
    </div>
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
