import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons';
import type { DeploymentValue } from '@slipway/contract';
import type { JSX } from 'react';
import { CopyButton } from '../components/copy-button.tsx';
import { useTableStyles } from '../cluster/table-styles.ts';

const useStyles = makeStyles({
  nameColumn: { width: '26%' },
  typeColumn: { width: '16%' },
  value: { display: 'flex', alignItems: 'start', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  text: {
    flexGrow: 1,
    minWidth: 0,
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  long: { maxHeight: '240px', overflowY: 'auto' },
  withheld: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground3,
  },
});

/** Parameters or outputs of a deployment with their types and values; a secret one says that it is withheld. */
export function ValueTable({
  label,
  values,
}: {
  /** What the table lists, for example `Inputs`. */
  label: string;
  values: readonly DeploymentValue[];
}): JSX.Element {
  const table = useTableStyles();
  const styles = useStyles();
  return (
    <table className={table.table} aria-label={label}>
      <thead className={table.head}>
        <tr>
          <th scope="col" className={styles.nameColumn}>
            Name
          </th>
          <th scope="col" className={styles.typeColumn}>
            Type
          </th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {values.map((each) => (
          <tr key={each.name} className={table.row}>
            <td className={table.name} data-label="Name">
              {each.name}
            </td>
            <td data-label="Type">{each.type ?? '—'}</td>
            <td data-label="Value">
              <Value {...each} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is longer scrolls within its row. */
const mostCharacters = 400;
const mostLines = 10;

function Value({ name, value, isWithheld }: DeploymentValue): JSX.Element {
  const styles = useStyles();
  if (isWithheld)
    return (
      <span className={styles.withheld}>
        <LockClosedRegular aria-hidden /> Secret, withheld
      </span>
    );
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  const isLong = text.length > mostCharacters || text.split('\n').length > mostLines;
  return (
    <span className={styles.value}>
      <pre
        className={mergeClasses(styles.text, isLong && styles.long)}
        {...(isLong ? { tabIndex: 0, role: 'group', 'aria-label': `Value of ${name}` } : {})}
      >
        {text === '' ? '""' : text}
      </pre>
      <CopyButton text={text} label={`Copy: ${name}`} />
    </span>
  );
}
