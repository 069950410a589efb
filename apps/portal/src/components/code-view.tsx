import { Button, ToggleButton, Tooltip, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular, TextWrapRegular } from '@fluentui/react-icons';
import { type JSX, useId, useState } from 'react';
import { CopyButton } from './copy-button.tsx';
import { narrowQuery, useMediaQuery } from './media-query.ts';
import { saveFile } from './save-file.ts';

const useStyles = makeStyles({
  view: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    overflow: 'hidden',
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXS} ${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { flexGrow: 1, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexShrink: 0, '@media print': { display: 'none' } },
  text: {
    display: 'block',
    boxSizing: 'border-box',
    width: '100%',
    // As high as its text; where browsers do not know how, as high as its rows.
    fieldSizing: 'content',
    minHeight: '40px',
    maxHeight: 'min(60vh, 520px)',
    resize: 'vertical',
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre',
    tabSize: 2,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  wrapped: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/**
 * A document to read, copy and download: JSON, a template, a command. Never HTML. On a phone its lines wrap, elsewhere they
 * scroll; who reads it may have it the other way.
 */
export function CodeView({
  text,
  title,
  file,
}: {
  text: string;
  /** What it is, for example `Template`; its buttons are named after it. */
  title: string;
  /** With it, it can be downloaded. */
  file?: { name: string; type: string } | undefined;
}): JSX.Element {
  const styles = useStyles();
  const titleId = useId();
  const isNarrow = useMediaQuery(narrowQuery);
  const [chosen, setChosen] = useState<boolean>();
  const isWrapped = chosen ?? isNarrow;
  const named = `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <span className={styles.title} id={titleId}>
          {title}
        </span>
        <div className={styles.buttons}>
          <Tooltip content={`Wrap the lines: ${named}`} relationship="label" positioning="below">
            <ToggleButton
              size="small"
              appearance="subtle"
              icon={<TextWrapRegular />}
              checked={isWrapped}
              onClick={() => setChosen(!isWrapped)}
            />
          </Tooltip>
          <CopyButton text={text} label={`Copy: ${named}`} />
          {file && (
            <Tooltip content={`Download: ${file.name}`} relationship="label" positioning="below">
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowDownloadRegular />}
                onClick={() => saveFile(file.name, new Blob([text], { type: file.type }))}
              />
            </Tooltip>
          )}
        </div>
      </div>
      {/* A field, so that a keyboard can scroll in it and select all of it. */}
      <textarea
        readOnly
        rows={Math.min(24, text.split('\n').length)}
        spellCheck={false}
        value={text}
        aria-labelledby={titleId}
        className={mergeClasses(styles.text, isWrapped && styles.wrapped)}
      />
    </div>
  );
}
