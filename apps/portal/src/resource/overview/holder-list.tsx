import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, useState } from 'react';
import { ResourceLink } from '../../components/resource-link.tsx';
import { placeOf } from '../resource-id.ts';
import type { AddressHolder } from './neighbours.ts';

const shownAtFirst = 10;

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXXS },
});

/** Machines or interfaces with their addresses, each with a link. */
export function HolderList({ holders }: { holders: readonly AddressHolder[] }): JSX.Element {
  const styles = useStyles();
  const [isWhole, setIsWhole] = useState(false);
  if (holders.length === 0) return <>Nobody</>;
  const isCut = !isWhole && holders.length > shownAtFirst + 2;
  return (
    <>
      <ul className={styles.list}>
        {(isCut ? holders.slice(0, shownAtFirst) : holders).map(({ id, address }) => (
          <li key={`${id} ${address ?? ''}`}>
            {address} <ResourceLink id={id}>{placeOf(id).name}</ResourceLink>
          </li>
        ))}
      </ul>
      {isCut && (
        <Button size="small" appearance="subtle" onClick={() => setIsWhole(true)}>
          Show all {holders.length}
        </Button>
      )}
    </>
  );
}
