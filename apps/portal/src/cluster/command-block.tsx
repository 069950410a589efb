import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { CopyButton } from '../components/copy-button.tsx';

const useStyles = makeStyles({
  block: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'start',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  text: {
    margin: 0,
    paddingBlock: '3px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  // A line that wraps goes on further in, so that the next command is seen to be another one.
  line: { display: 'block', paddingInlineStart: '2ch', textIndent: '-2ch' },
  // Lines must not break after the hyphen of an option.
  option: { whiteSpace: 'nowrap' },
});

/** Pieces of a text, each with its place, which is its key. */
const piecesOf = (text: string, piece: RegExp): { text: string; start: number }[] =>
  [...text.matchAll(piece)].map((match) => ({ text: match[0], start: match.index }));

/** Commands to copy, a line each. Long lines wrap on screen and are copied unbroken. */
export function CommandBlock({ command, label }: { command: string; label: string }): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.block}>
      <pre className={styles.text}>
        {piecesOf(command, /[^\n]+/g).map((line) => (
          <span key={line.start} className={styles.line}>
            {piecesOf(line.text, /\S+|\s+/g).map(({ text, start }) => (
              <span key={start} className={text.startsWith('-') ? styles.option : undefined}>
                {text}
              </span>
            ))}
          </span>
        ))}
      </pre>
      <CopyButton text={command} label={label} />
    </div>
  );
}
