import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, SubtractRegular } from '@fluentui/react-icons';
import type { JSX, KeyboardEvent, Ref } from 'react';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  input: { width: '96px', '& input': { textAlign: 'center' } },
});

/** The number that a text says; NaN for a text that is no whole number. */
export const readCount = (text: string): number =>
  /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;

/** A number that is typed, or moved by one with a thumb or an arrow key. What was typed stays until it is a number. */
export function NumberStepper({
  label,
  hint,
  error,
  value,
  onChange,
  min,
  max,
  inputRef,
}: {
  label: string;
  hint: string;
  error: string | undefined;
  /** As it was typed. */
  value: string;
  onChange: (value: string) => void;
  min: number;
  max: number;
  inputRef: Ref<HTMLInputElement>;
}): JSX.Element {
  const styles = useStyles();
  const count = readCount(value);
  const step = (by: number): void => {
    const from = Number.isNaN(count) ? min : count;
    onChange(String(Math.min(max, Math.max(min, from + by))));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? 1 : -1);
  };
  return (
    <Field
      label={label}
      hint={hint}
      {...(error === undefined ? {} : { validationMessage: error, validationState: 'error' })}
    >
      {(control) => (
        <div className={styles.row}>
          <Button
            icon={<SubtractRegular />}
            aria-label="One less"
            disabledFocusable={count <= min}
            onClick={() => step(-1)}
          />
          <Input
            {...control}
            input={{ ref: inputRef }}
            className={styles.input}
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={value}
            onChange={(_, data) => onChange(data.value)}
            onKeyDown={onKeyDown}
          />
          <Button
            icon={<AddRegular />}
            aria-label="One more"
            disabledFocusable={count >= max}
            onClick={() => step(1)}
          />
        </div>
      )}
    </Field>
  );
}
