import { Button, DialogActions, Field, Input } from '@fluentui/react-components';
import type { JSX } from 'react';
import { useDangerStyles } from './danger-button.ts';

/** Asks for the name of what is to be deleted, typed by hand. */
export function ConfirmName({
  name,
  value,
  onChange,
}: {
  name: string;
  value: string;
  onChange: (value: string) => void;
}): JSX.Element {
  return (
    <Field label={`Type the name "${name}" to confirm`} required>
      <Input
        value={value}
        onChange={(_, data) => onChange(data.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </Field>
  );
}

/** The buttons of a form that deletes: red as soon as the name is typed; what has begun is not canceled any more. */
export function DeleteActions({
  isConfirmed,
  isPending,
  onClose,
}: {
  isConfirmed: boolean;
  isPending: boolean;
  onClose: () => void;
}): JSX.Element {
  const { danger } = useDangerStyles();
  return (
    <DialogActions>
      <Button
        type="submit"
        appearance="primary"
        className={isConfirmed ? danger : ''}
        disabled={!isConfirmed || isPending}
      >
        {isPending ? 'Deleting…' : 'Delete'}
      </Button>
      <Button onClick={onClose}>{isPending ? 'Close' : 'Cancel'}</Button>
    </DialogActions>
  );
}
