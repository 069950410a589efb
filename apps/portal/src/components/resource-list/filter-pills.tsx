import {
  Button,
  InteractionTag,
  InteractionTagPrimary,
  InteractionTagSecondary,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { FilterAddRegular } from '@fluentui/react-icons';
import { type JSX, useRef } from 'react';
import { FilterPopover } from './filter-popover.tsx';
import { type ListColumn, nothingWords } from './list-column.ts';
import type { ListFilter } from './list-search.ts';

/** So many values of a filter are named on its pill. */
const mostNamed = 2;

const useStyles = makeStyles({
  pills: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  pill: { maxWidth: '100%' },
  words: {
    maxWidth: '320px',
    '& span': { overflow: 'hidden', textOverflow: 'ellipsis' },
  },
});

/** The filters of a list: each can be changed and removed, and another added. */
export function FilterPills<Row>({
  rows,
  columns,
  filters,
  onChange,
}: {
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  filters: readonly ListFilter[];
  onChange: (filters: readonly ListFilter[]) => void;
}): JSX.Element {
  const styles = useStyles();
  const pills = useRef<HTMLFieldSetElement>(null);
  const filterable = columns.filter(({ isShared }) => isShared);
  const shown = filters.filter(({ column }) => filterable.some(({ id }) => id === column));
  const without = (filter: ListFilter): ListFilter[] => filters.filter((each) => each !== filter);
  return (
    <fieldset ref={pills} className={styles.pills} aria-label="Filters">
      {shown.map((filter) => {
        const words = filterWords(filter, filterable);
        return (
          <InteractionTag key={JSON.stringify(filter)} shape="circular" className={styles.pill}>
            <FilterPopover
              rows={rows}
              columns={filterable}
              filter={filter}
              onApply={(next) => onChange(filters.map((each) => (each === filter ? next : each)))}
            >
              <InteractionTagPrimary hasSecondaryAction className={styles.words} title={words.full}>
                {words.short}
              </InteractionTagPrimary>
            </FilterPopover>
            <InteractionTagSecondary
              aria-label={`Remove the filter ${words.full}`}
              onClick={() => {
                // The button that has the focus goes away with its pill; the last one adds a filter and stays.
                [...(pills.current?.querySelectorAll('button') ?? [])].at(-1)?.focus();
                onChange(without(filter));
              }}
            />
          </InteractionTag>
        );
      })}
      <FilterPopover
        rows={rows}
        columns={filterable}
        filter={undefined}
        onApply={(filter) => onChange([...filters, filter])}
      >
        <Button shape="circular" icon={<FilterAddRegular />}>
          Add filter
        </Button>
      </FilterPopover>
    </fieldset>
  );
}

function filterWords<Row>(
  { column, isNot, values }: ListFilter,
  columns: readonly ListColumn<Row>[],
): { short: string; full: string } {
  const label = columns.find(({ id }) => id === column)?.label ?? column;
  const start = `${label} ${isNot ? 'is not' : 'is'}`;
  const named = values.map((value) => value || nothingWords);
  const more = named.length - mostNamed;
  return {
    full: `${start} ${named.join(', ')}`,
    short: `${start} ${named.slice(0, mostNamed).join(', ')}${more > 0 ? ` + ${more}` : ''}`,
  };
}
