import { makeStyles, tokens } from '@fluentui/react-components';
import type { WhatIfPiece } from '@slipway/contract';
import type { JSX } from 'react';
import { OutcomeSign } from './outcome-sign.tsx';
import { outcomeWords } from './outcome-words.ts';
import { ShowMore } from './show-more.tsx';

/** Fewer are read one by one; more are looked through. */
const atOnce = 20;

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  piece: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
  details: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXXS,
    color: tokens.colorNeutralForeground2,
  },
  detail: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalXS, '& dd': { margin: 0 } },
});

/** What comes, goes or changes, in the portal's words, from the internet inwards. */
export function WhatIfPieces({ pieces }: { pieces: readonly WhatIfPiece[] }): JSX.Element {
  const styles = useStyles();
  const [first] = pieces;
  // Said once where it is the same for all.
  const common = pieces.every(({ change }) => change === first?.change) ? first?.change : undefined;
  return (
    <>
      {common && <div>{outcomeWords[common]}, from the internet inwards:</div>}
      <ShowMore atOnce={atOnce} label="What would be different" className={styles.list}>
        {pieces.map((piece) => (
          <Piece key={piece.id} piece={piece} isNamed={common === undefined} />
        ))}
      </ShowMore>
    </>
  );
}

function Piece({
  piece: { title, change, details },
  isNamed,
}: {
  piece: WhatIfPiece;
  /** Whether its change is said in words. */
  isNamed: boolean;
}): JSX.Element {
  const styles = useStyles();
  return (
    <li className={styles.piece}>
      <OutcomeSign outcome={change} />
      <div>
        {isNamed && `${outcomeWords[change]}: `}
        <strong>{title}</strong>
        {details.length > 0 && (
          <dl className={styles.details}>
            {details.map(({ path, label, before, after }) => (
              <div key={path} className={styles.detail} title={path}>
                <dt>{label}:</dt>
                <dd>
                  {before ?? 'nothing'} → {after ?? 'nothing'}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}
