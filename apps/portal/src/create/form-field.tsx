import { Label, makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircle12Filled } from '@fluentui/react-icons';
import type { JSX, ReactNode } from 'react';
import { afterPress } from '../components/after-press.ts';
import { type FieldPath, fieldElementId, fieldLabels } from './fields.ts';
import { InfoButton } from './info-button.tsx';
import { useWizard } from './wizard-context.ts';

const useStyles = makeStyles({
  field: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXXS,
    minWidth: 0,
  },
  head: { display: 'flex', alignItems: 'center', minHeight: '24px', gap: tokens.spacingHorizontalXS },
  asterisk: { color: tokens.colorPaletteRedForeground3 },
  message: {
    display: 'flex',
    alignItems: 'baseline',
    gap: tokens.spacingHorizontalXS,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorPaletteRedForeground1,
    overflowWrap: 'anywhere',
    '& svg': { flexShrink: 0, alignSelf: 'start', marginTop: '2px' },
  },
  below: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

/** What a control needs to belong to its label, its error and its hint. */
export interface FieldControl {
  id: string;
  'aria-labelledby': string;
  'aria-describedby': string;
  'aria-invalid': boolean;
  'aria-required': boolean;
  onBlur: () => void;
}

/**
 * A field of the wizard: label, required mark, information, control, error, hint. The mark stands beside the label,
 * so that the control is named by the label's words alone.
 */
export function FormField({
  path,
  info,
  below,
  isOptional = false,
  children,
}: {
  path: FieldPath;
  info?: ReactNode;
  /** Shown under the control. */
  below?: ReactNode;
  isOptional?: boolean;
  children: (control: FieldControl) => ReactNode;
}): JSX.Element {
  const styles = useStyles();
  const { shown, dispatch } = useWizard();
  const id = fieldElementId(path);
  const error = shown[path];
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <Label id={`${id}-label`} htmlFor={id}>
          {fieldLabels[path]}
        </Label>
        {!isOptional && (
          <span aria-hidden className={styles.asterisk}>
            *
          </span>
        )}
        {info && <InfoButton labelId={`${id}-label`} info={info} />}
      </div>
      {children({
        id,
        'aria-labelledby': `${id}-label`,
        'aria-describedby': `${id}-error ${id}-below`,
        'aria-invalid': error !== undefined,
        'aria-required': !isOptional,
        onBlur: () => afterPress(() => dispatch({ type: 'left', path })),
      })}
      <div id={`${id}-error`} aria-live="polite">
        {error && (
          <div className={styles.message}>
            <ErrorCircle12Filled aria-hidden />
            <span>{error}</span>
          </div>
        )}
      </div>
      <div id={`${id}-below`} className={styles.below}>
        {below}
      </div>
    </div>
  );
}
