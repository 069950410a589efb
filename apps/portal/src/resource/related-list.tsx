import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { RelatedResource } from '@slipway/contract';
import { displayNameOfType, kindOfType } from '@slipway/topology';
import { type JSX, useState } from 'react';
import { PieceIcon, pieceColor } from '../cluster/topology/piece-look.tsx';
import { ResourceLink } from '../components/resource-link.tsx';
import { placeOf } from './resource-id.ts';

/** So many are shown before one asks for the rest. */
const shownAtFirst = 20;

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid' },
  item: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    minHeight: '32px',
    overflowWrap: 'anywhere',
  },
  icon: { fontSize: '20px', display: 'flex' },
  kind: { color: tokens.colorNeutralForeground3 },
  more: { justifySelf: 'start' },
});

/** Resources by their names and kinds, each with a link to its page. */
export function RelatedList({ related }: { related: readonly RelatedResource[] }): JSX.Element {
  const styles = useStyles();
  const [isWhole, setIsWhole] = useState(false);
  const isCut = !isWhole && related.length > shownAtFirst + 2;
  return (
    <>
      <ul className={styles.list}>
        {(isCut ? related.slice(0, shownAtFirst) : related).map(({ id, type }) => (
          <li key={id} className={styles.item}>
            <span className={styles.icon} style={{ color: pieceColor(kindOfType(type)) }}>
              <PieceIcon kind={kindOfType(type)} />
            </span>
            <span>
              <ResourceLink id={id}>{placeOf(id).name}</ResourceLink>{' '}
              <span className={styles.kind}>{displayNameOfType(type)}</span>
            </span>
          </li>
        ))}
      </ul>
      {isCut && (
        <Button className={styles.more} size="small" appearance="subtle" onClick={() => setIsWhole(true)}>
          Show all {related.length}
        </Button>
      )}
    </>
  );
}
