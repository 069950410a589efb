import {
  Button,
  Checkbox,
  Field,
  Input,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Radio,
  RadioGroup,
  Select,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { type JSX, type ReactElement, useMemo, useState } from 'react';
import { type ListColumn, nothingWords } from './list-column.ts';
import { valueCounts } from './list-rows.ts';
import type { ListFilter } from './list-search.ts';

/** With more values than this, they can be searched; more than the second are not listed at once. */
const fewValues = 8;
const mostListed = 200;

const useStyles = makeStyles({
  surface: { width: 'min(340px, calc(100vw - 32px))', boxSizing: 'border-box' },
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  values: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    maxHeight: 'min(260px, 36dvh)',
    overflowY: 'auto',
    border: 'none',
    margin: 0,
    padding: 0,
  },
  value: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS },
});

interface FilterFormProps<Row> {
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  /** The filter that is changed; none where one is added. */
  filter: ListFilter | undefined;
  onApply: (filter: ListFilter) => void;
}

/** A button (`children`) that opens the form of a filter. */
export function FilterPopover<Row>({
  children,
  ...form
}: FilterFormProps<Row> & { children: ReactElement }): JSX.Element {
  const styles = useStyles();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      trapFocus
      open={isOpen}
      onOpenChange={(_, { open }) => setIsOpen(open)}
      positioning="below-start"
    >
      <PopoverTrigger disableButtonEnhancement>{children}</PopoverTrigger>
      <PopoverSurface
        className={styles.surface}
        aria-label={form.filter ? 'Change the filter' : 'Add a filter'}
      >
        <FilterForm {...form} onClose={() => setIsOpen(false)} />
      </PopoverSurface>
    </Popover>
  );
}

function FilterForm<Row>({
  rows,
  columns,
  filter,
  onApply,
  onClose,
}: FilterFormProps<Row> & { onClose: () => void }): JSX.Element {
  const styles = useStyles();
  const [columnId, setColumnId] = useState(filter?.column ?? columns[0]?.id ?? '');
  const [isNot, setIsNot] = useState(filter?.isNot ?? false);
  const [chosen, setChosen] = useState<readonly string[]>(filter?.values ?? []);
  const [sought, setSought] = useState('');
  const column = columns.find(({ id }) => id === columnId);
  const all = useMemo(() => (column ? valueCounts(rows, column) : []), [rows, column]);
  const found = all.filter(({ value }) =>
    (value || nothingWords).toLowerCase().includes(sought.toLowerCase()),
  );
  // What is chosen stays to be seen, and to be taken away, when no row has it any more.
  const gone = chosen.filter((value) => !all.some((each) => each.value === value));
  const toggle = (value: string): void =>
    setChosen(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ column: columnId, isNot, values: chosen });
        onClose();
      }}
    >
      <Field label="Filter by">
        <Select
          value={columnId}
          onChange={(_, { value }) => {
            setColumnId(value);
            setChosen([]);
            setSought('');
          }}
        >
          {columns.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <RadioGroup
        layout="horizontal"
        aria-label="Operator"
        value={isNot ? 'not' : 'is'}
        onChange={(_, { value }) => setIsNot(value === 'not')}
      >
        <Radio value="is" label="Is" />
        <Radio value="not" label="Is not" />
      </RadioGroup>
      {all.length > fewValues && (
        <Input
          aria-label="Search the values"
          placeholder="Search the values"
          value={sought}
          onChange={(_, { value }) => setSought(value)}
        />
      )}
      <fieldset className={styles.values} aria-label="Values">
        {gone.map((value) => (
          <Checkbox key={value} checked label={value || nothingWords} onChange={() => toggle(value)} />
        ))}
        {found.slice(0, mostListed).map(({ value, count }) => (
          <Checkbox
            key={value}
            className={styles.value}
            checked={chosen.includes(value)}
            label={`${value || nothingWords} (${count.toLocaleString()})`}
            onChange={() => toggle(value)}
          />
        ))}
        {found.length === 0 && <span className={styles.quiet}>No value matches.</span>}
        {found.length > mostListed && (
          <span className={styles.quiet}>
            {(found.length - mostListed).toLocaleString()} more: search for them.
          </span>
        )}
      </fieldset>
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabled={chosen.length === 0}>
          Apply
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
