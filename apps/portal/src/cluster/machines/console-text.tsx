import { makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, useLayoutEffect, useRef } from 'react';

/** As near to the end counts as the end, in CSS pixels: half a line. */
const nearPx = 10;

const useStyles = makeStyles({
  text: {
    boxSizing: 'border-box',
    width: '100%',
    // As high as its text; where browsers do not know how, as high as its rows.
    fieldSizing: 'content',
    minHeight: '96px',
    maxHeight: 'min(60vh, 480px)',
    resize: 'vertical',
    padding: tokens.spacingVerticalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
});

/** A console's text that grows: it is kept at its end, unless somebody has scrolled up to read. */
export function ConsoleText({ text, labelledBy }: { text: string; labelledBy: string }): JSX.Element {
  const styles = useStyles();
  const area = useRef<HTMLTextAreaElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (area.current && isAtEnd.current) area.current.scrollTop = area.current.scrollHeight;
  });
  return (
    // A field, so that a keyboard can scroll in it and select all of it.
    <textarea
      ref={area}
      readOnly
      rows={16}
      spellCheck={false}
      value={text}
      aria-labelledby={labelledBy}
      className={styles.text}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight <= nearPx;
      }}
    />
  );
}
