import { mergeClasses } from '@fluentui/react-components';
import type { WhatIf } from '@slipway/contract';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { Fold } from '../components/fold.tsx';
import { outcomeOrder, outcomeWords } from './outcome-words.ts';
import { WhatIfPieces } from './what-if-pieces.tsx';
import { WhatIfResources } from './what-if-resources.tsx';

/** What a deployment would do, as ARM foresees it: in a few sentences, in the portal's words, and in ARM's own. */
export function WhatIfList({ whatIf }: { whatIf: WhatIf }): JSX.Element {
  const styles = usePageStyles();
  const { summary, pieces, counts, resources, notes } = whatIf;
  const counted = outcomeOrder.filter((outcome) => counts[outcome] > 0);
  return (
    <>
      <output className={styles.text}>{summary}</output>
      {counted.length > 0 && (
        <p className={mergeClasses(styles.text, styles.quiet)}>
          Resources:{' '}
          {counted.map((outcome) => `${counts[outcome]} ${inLine(outcomeWords[outcome])}`).join(', ')}.
        </p>
      )}
      {pieces.length > 0 && <WhatIfPieces pieces={pieces} />}
      {notes.length > 0 && (
        <ul className={styles.list} aria-label="Notes">
          {notes.map(({ code, message, target }) => (
            <li key={`${code} ${target} ${message}`}>
              {message}{' '}
              <span className={styles.quiet}>{target === undefined ? code : `${code}, ${target}`}</span>
            </li>
          ))}
        </ul>
      )}
      {resources.length > 0 && (
        <Fold
          title={
            resources.length === 1
              ? 'The one resource, in Azure’s words'
              : `All ${resources.length} resources, in Azure’s words`
          }
        >
          <WhatIfResources resources={resources} />
        </Fold>
      )}
    </>
  );
}

const inLine = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
