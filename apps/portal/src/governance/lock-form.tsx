import {
  Button,
  Field,
  Input,
  Radio,
  RadioGroup,
  Textarea,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components';
import { type LockLevel, lockLevelSchema, lockNameFault } from '@slipway/contract';
import { type FormEvent, type JSX, useState } from 'react';
import { usePutLock } from '../api/governance.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { lockWords } from './lock-words.ts';

const longestNotes = 512;

const useStyles = makeStyles({ form: { maxWidth: '560px' } });

/** Whoever opens the form goes on to write. */
const focusFirst = (input: HTMLInputElement | null): void => input?.focus();

/** Asks for a lock's name, level and notes, and makes it. */
export function LockForm({
  scope,
  taken,
  onClose,
}: {
  scope: string;
  /** Names of locks that are there: a second of the same name would change the first. */
  taken: readonly string[];
  onClose: () => void;
}): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const put = usePutLock(scope);
  const [name, setName] = useState('');
  const [level, setLevel] = useState<LockLevel>('CanNotDelete');
  const [notes, setNotes] = useState('');
  const [wasSent, setWasSent] = useState(false);
  const fault =
    lockNameFault(name) ??
    (taken.some((each) => each.toLowerCase() === name.trim().toLowerCase())
      ? `There is a lock ${name.trim()} already.`
      : undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setWasSent(true);
    if (fault !== undefined || put.isPending) return;
    put.mutate({ name: name.trim(), level, notes: notes.trim() }, { onSuccess: onClose });
  };
  return (
    <form
      noValidate
      className={mergeClasses(pageStyles.section, styles.form)}
      onSubmit={submit}
      aria-label="Add a lock"
    >
      <Field label="Lock name" required validationMessage={wasSent || name !== '' ? (fault ?? null) : null}>
        <Input ref={focusFirst} value={name} placeholder="keep" onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label="Lock level">
        <RadioGroup value={level} onChange={(_, { value }) => setLevel(lockLevelSchema.parse(value))}>
          {lockLevelSchema.options.map((each) => (
            <Radio key={each} value={each} label={`${lockWords[each].name}: ${lockWords[each].meaning}`} />
          ))}
        </RadioGroup>
      </Field>
      <Field label="Notes">
        <Textarea
          value={notes}
          maxLength={longestNotes}
          placeholder="Why it is locked, and whom to ask"
          onChange={(_, { value }) => setNotes(value)}
        />
      </Field>
      {put.error && <ProblemBar problem={put.error} title="The lock could not be added." />}
      <div className={pageStyles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={put.isPending}>
          {put.isPending ? 'Adding…' : 'Add the lock'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
