import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowSortDownRegular, ArrowSortUpRegular } from '@fluentui/react-icons';
import type { CSSProperties, JSX } from 'react';

/** As high as it is in every table that is sorted by its heads, in pixels. */
export const sortHeadingHeight = 44;

const useStyles = makeStyles({
  head: {
    height: `${sortHeadingHeight}px`,
    padding: 0,
    textAlign: 'left',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  sort: {
    fontWeight: tokens.fontWeightSemibold,
    justifyContent: 'start',
    width: '100%',
    minWidth: 0,
    minHeight: `${sortHeadingHeight}px`,
    whiteSpace: 'nowrap',
  },
});

/** The head of a column that sorts the table by it, and the other way when pressed again. */
export function SortHeading({
  label,
  direction,
  className,
  style,
  onSort,
}: {
  label: string;
  direction: 'ascending' | 'descending' | 'none';
  className?: string | undefined;
  style?: CSSProperties;
  onSort: (direction: 'ascending' | 'descending') => void;
}): JSX.Element {
  const styles = useStyles();
  const icons = {
    none: null,
    ascending: <ArrowSortUpRegular />,
    descending: <ArrowSortDownRegular />,
  };
  return (
    <th scope="col" className={mergeClasses(styles.head, className)} aria-sort={direction} style={style}>
      <Button
        appearance="transparent"
        className={styles.sort}
        icon={icons[direction]}
        iconPosition="after"
        onClick={() => onSort(direction === 'ascending' ? 'descending' : 'ascending')}
      >
        {label}
      </Button>
    </th>
  );
}
