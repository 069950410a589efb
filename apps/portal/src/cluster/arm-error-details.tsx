import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ArmErrorBody } from '@slipway/contract';
import type { JSX } from 'react';
import { CopyButton } from '../components/copy-button.tsx';

const useStyles = makeStyles({
  error: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'start',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingVerticalM,
    borderLeft: `3px solid ${tokens.colorStatusDangerBorderActive}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: 'anywhere',
  },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, listStyleType: 'none' },
  first: { paddingLeft: 0 },
  item: { marginTop: tokens.spacingVerticalXS },
  code: { fontWeight: tokens.fontWeightSemibold },
  message: { whiteSpace: 'pre-line' },
  target: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** An error of Azure Resource Manager in full, with all that is nested in it, to read and to copy. */
export function ArmErrorDetails({ error }: { error: ArmErrorBody }): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.error}>
      <ul className={mergeClasses(styles.list, styles.first)}>
        <ErrorItem error={error} />
      </ul>
      <CopyButton text={JSON.stringify(error, undefined, 2)} label="Copy the error" />
    </div>
  );
}

function ErrorItem({ error }: { error: ArmErrorBody }): JSX.Element {
  const styles = useStyles();
  return (
    <li className={styles.item}>
      <span className={styles.code}>{error.code}</span>
      <div className={styles.message}>{error.message}</div>
      {error.target && <div className={styles.target}>{error.target}</div>}
      {error.details && error.details.length > 0 && (
        <ul className={styles.list}>
          {numbered(error.details).map(({ key, detail }) => (
            <ErrorItem key={key} error={detail} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Details have no identity of their own and never change places: their number is their key. */
const numbered = (details: readonly ArmErrorBody[]): { key: string; detail: ArmErrorBody }[] =>
  details.map((detail, index) => ({ key: String(index), detail }));
