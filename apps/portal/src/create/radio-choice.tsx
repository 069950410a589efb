import { Radio, makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, useId } from 'react';

const useStyles = makeStyles({
  detail: {
    marginInlineStart: '36px',
    marginTop: '-6px',
    marginBottom: tokens.spacingVerticalXS,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

/** One of a few choices, with a sentence on what it means. */
export function RadioChoice({
  value,
  label,
  detail,
}: {
  value: string;
  label: string;
  detail: string;
}): JSX.Element {
  const styles = useStyles();
  const detailId = useId();
  return (
    <div>
      <Radio value={value} label={label} aria-describedby={detailId} />
      <div id={detailId} className={styles.detail}>
        {detail}
      </div>
    </div>
  );
}
