import {
  Badge,
  Button,
  Field,
  Input,
  Link,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ArrowUndoRegular, DeleteRegular } from '@fluentui/react-icons';
import { type JSX, useEffect, useRef, useState } from 'react';
import { Breakable } from '../../components/breakable.tsx';
import { usePageStyles } from '../page-styles.ts';
import { useTableStyles } from '../table-styles.ts';
import { type PortChange, type PortRow, type RowProblems, changeOf } from './port-draft.ts';
import type { PortPieces } from './port-pieces.ts';

/** Beside the navigation there is less room than the fields need: the rows are cards there, too. */
const narrow = '@media (min-width: 768px) and (max-width: 1099px)';

const useStyles = makeStyles({
  table: { [narrow]: { display: 'block', '& tbody': { display: 'block' } } },
  head: {
    [narrow]: {
      position: 'absolute',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
  },
  row: {
    // What is wrong in a row must be read on its ground, also below the mouse.
    ':hover': { backgroundColor: 'transparent' },
    [narrow]: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      paddingBlock: tokens.spacingVerticalS,
      '& td': {
        display: 'grid',
        gridTemplateColumns: '84px minmax(0, 1fr)',
        gap: tokens.spacingHorizontalS,
        paddingBlock: tokens.spacingVerticalXXS,
      },
      '& td::before': { content: 'attr(data-label)', color: tokens.colorNeutralForeground3 },
    },
  },
  name: { width: '22%' },
  port: { width: '14%' },
  actions: { width: '108px' },
  input: { width: '100%', minWidth: 0 },
  gone: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground3 },
  pieces: { listStyleType: 'none', margin: 0, padding: 0 },
  missing: { color: tokens.colorStatusWarningForeground3 },
  state: { display: 'grid', gap: tokens.spacingVerticalXS, justifyItems: 'start' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** How a row is changed. */
export interface PortActions {
  change: (key: number, values: Partial<Pick<PortRow, 'name' | 'port'>>) => void;
  remove: (key: number) => void;
  restore: (key: number) => void;
}

/** The ports with what is about to become of them; every row is changed in place. */
export function PortTable({
  rows,
  problems,
  pieces,
  addresses,
  actions,
}: {
  rows: readonly PortRow[];
  problems: ReadonlyMap<number, RowProblems>;
  /** What Azure has for each port; undefined while it is not known. */
  pieces: ReadonlyMap<number, PortPieces> | undefined;
  /** Where each port is opened in a browser. */
  addresses: ReadonlyMap<number, string>;
  actions: PortActions;
}): JSX.Element {
  const styles = useStyles();
  const table = useTableStyles();
  return (
    <table className={mergeClasses(table.table, styles.table)} aria-label="Ports of the agents">
      <thead className={mergeClasses(table.head, styles.head)}>
        <tr>
          <th scope="col" className={styles.name}>
            Name
          </th>
          <th scope="col" className={styles.port}>
            Port
          </th>
          <th scope="col">In Azure</th>
          <th scope="col">Address</th>
          <th scope="col" className={styles.actions}>
            Actions
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            problems={problems.get(row.key) ?? {}}
            pieces={row.before && pieces?.get(row.before.port)}
            address={row.before && addresses.get(row.before.port)}
            actions={actions}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  problems,
  pieces,
  address,
  actions,
}: {
  row: PortRow;
  problems: RowProblems;
  pieces: PortPieces | undefined;
  address: string | undefined;
  actions: PortActions;
}): JSX.Element {
  const styles = useStyles();
  const table = useTableStyles();
  const { key, name, port, before, isRemoved } = row;
  const change = changeOf(row);
  const called = before?.name || name || 'the new port';
  return (
    <tr className={mergeClasses(table.row, styles.row)}>
      <td data-label="Name">
        {isRemoved ? (
          <span className={styles.gone}>{name}</span>
        ) : (
          <Cell
            label={`Name of ${called}`}
            value={name}
            placeholder="Grafana"
            problem={problems.name}
            focus={before === undefined && name === '' && port === ''}
            maxLength={80}
            onChange={(value) => actions.change(key, { name: value })}
          />
        )}
      </td>
      <td data-label="Port">
        {isRemoved ? (
          <span className={styles.gone}>{port}</span>
        ) : (
          <Cell
            label={`Port of ${called}`}
            value={port}
            placeholder="3000"
            problem={problems.port}
            inputMode="numeric"
            maxLength={6}
            onChange={(value) => actions.change(key, { port: value })}
          />
        )}
      </td>
      <td data-label="In Azure">
        <State change={change} row={row} pieces={pieces} />
      </td>
      <td data-label="Address">
        {address === undefined ? (
          '—'
        ) : (
          <Link href={address} target="_blank" rel="noreferrer">
            <Breakable text={address} />
          </Link>
        )}
      </td>
      <td data-label="Actions">
        <div className={styles.buttons}>
          {before && change === 'changed' && (
            <Button
              icon={<ArrowUndoRegular />}
              aria-label={`Leave ${called} as it is`}
              title={`Leave ${called} as it is`}
              onClick={({ currentTarget }) => {
                // This button goes, and must not take the focus with it.
                if (currentTarget.nextElementSibling instanceof HTMLElement)
                  currentTarget.nextElementSibling.focus();
                actions.restore(key);
              }}
            />
          )}
          <Button
            icon={isRemoved ? <ArrowUndoRegular /> : <DeleteRegular />}
            aria-label={`${isRemoved ? 'Keep' : 'Remove'} ${called}`}
            title={`${isRemoved ? 'Keep' : 'Remove'} ${called}`}
            onClick={() => (isRemoved ? actions.restore(key) : actions.remove(key))}
          />
        </div>
      </td>
    </tr>
  );
}

function Cell({
  label,
  value,
  placeholder,
  problem,
  inputMode = 'text',
  focus = false,
  maxLength,
  onChange,
}: {
  label: string;
  value: string;
  placeholder: string;
  problem: string | undefined;
  inputMode?: 'text' | 'numeric';
  /** Whether it takes the focus when it appears. */
  focus?: boolean;
  maxLength: number;
  onChange: (value: string) => void;
}): JSX.Element {
  const styles = useStyles();
  // A field that nobody has been in yet is empty, not wrong.
  const [wasLeft, setWasLeft] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const takesFocus = useRef(focus);
  useEffect(() => {
    if (takesFocus.current) field.current?.focus();
  }, []);
  const shown = value !== '' || wasLeft ? problem : undefined;
  return (
    <Field {...(shown === undefined ? {} : { validationMessage: shown, validationState: 'error' })}>
      <Input
        className={styles.input}
        aria-label={label}
        value={value}
        placeholder={placeholder}
        inputMode={inputMode}
        input={{ ref: field }}
        maxLength={maxLength}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(_, data) => onChange(data.value)}
        onBlur={() => setWasLeft(true)}
      />
    </Field>
  );
}

const changeWords: Readonly<Record<PortChange, string>> = {
  added: 'New',
  changed: 'Changed',
  removed: 'To be removed',
};

function State({
  change,
  row: { before },
  pieces,
}: {
  change: PortChange | undefined;
  row: PortRow;
  pieces: PortPieces | undefined;
}): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <div className={styles.state}>
      {change && (
        <Badge appearance="tint" color={change === 'removed' ? 'danger' : 'informative'}>
          {changeWords[change]}
        </Badge>
      )}
      {before && change === 'changed' && (
        <span className={pageStyles.quiet}>
          Now {before.name}, port {before.port}
        </span>
      )}
      {!change && pieces && <Pieces pieces={pieces} />}
    </div>
  );
}

function Pieces({ pieces: { rule, probe, securityRule } }: { pieces: PortPieces }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <ul className={mergeClasses(styles.pieces, pageStyles.quiet)}>
      {(
        [
          ['Rule', rule],
          ['Probe', probe],
          ['Security rule', securityRule],
        ] as const
      ).map(([kind, found]) => (
        <li key={kind} className={found === undefined ? styles.missing : ''}>
          {found === undefined ? `${kind} is missing` : `${kind} ${found}`}
        </li>
      ))}
    </ul>
  );
}
