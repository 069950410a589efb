import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { CopyButton } from '../components/copy-button.tsx';
import { saveFile } from '../components/save-file.ts';

const useStyles = makeStyles({
  file: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    paddingInline: tokens.spacingHorizontalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground2,
  },
  name: { flexGrow: 1, overflowWrap: 'anywhere' },
  text: {
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    fontFamily: tokens.fontFamilyMonospace,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

/** A file to copy; one whose name is no path can be saved, too. */
export function TextFile({ name, text }: { name: string; text: string }): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.file}>
      <div className={styles.head}>
        <span className={styles.name}>{name}</span>
        {!name.includes('/') && (
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowDownloadRegular />}
            aria-label={`Download ${name}`}
            onClick={() => saveFile(name, new Blob([text], { type: 'text/plain;charset=utf-8' }))}
          />
        )}
        <CopyButton text={text} label={`Copy the file ${name}`} />
      </div>
      <pre className={styles.text}>{text}</pre>
    </div>
  );
}
