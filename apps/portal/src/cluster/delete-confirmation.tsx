import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { type FormEvent, type JSX, type ReactNode, useEffect, useRef, useState } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useDangerStyles } from './danger-button.ts';

const useStyles = makeStyles({
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalM,
    overflowWrap: 'anywhere',
  },
  question: { outlineStyle: 'none' },
});

interface DeleteConfirmationProps {
  /** What goes, as its name is to be typed. */
  name: string;
  /** What is asked, in a sentence. */
  question: ReactNode;
  /** What there is to know and to choose before. */
  children: ReactNode;
  /** The deletion has been asked for, and there is no answer yet. */
  isPending: boolean;
  /** What is told while there is no answer. */
  wait: ReactNode;
  /** Why it could not be deleted. */
  problem: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is deleted: what goes, and its name typed by hand; what has begun is not canceled any more. */
export function DeleteConfirmation(props: DeleteConfirmationProps): JSX.Element {
  const { name, question, children, isPending, wait, problem, onConfirm, onClose } = props;
  const styles = useStyles();
  const { danger } = useDangerStyles();
  const [typed, setTyped] = useState('');
  const isConfirmed = typed === name;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isConfirmed && !isPending) onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>Delete confirmation</DialogTitle>
        <DialogContent className={styles.content}>
          <Question>{question}</Question>
          {children}
          <Field label={`Type the name "${name}" to confirm`} required>
            <Input
              value={typed}
              onChange={(_, { value }) => setTyped(value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          {isPending && wait}
          {problem && <ProblemBar problem={problem} title="It could not be deleted." />}
        </DialogContent>
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
      </DialogBody>
    </form>
  );
}

/** The question, which the dialog begins with, also where the first thing to be operated stands below a long list. */
function Question({ children }: { children: ReactNode }): JSX.Element {
  const styles = useStyles();
  const beginning = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The dialog gives the focus to its first field, and scrolls to it: then the question takes it instead.
    const frame = requestAnimationFrame(() => {
      if ((beginning.current?.parentElement?.scrollTop ?? 0) > 0) beginning.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div ref={beginning} tabIndex={-1} className={styles.question}>
      {children}
    </div>
  );
}
