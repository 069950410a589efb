import { Button, Field, Input, Spinner, Subtitle1, makeStyles, tokens } from '@fluentui/react-components';
import { type FormEvent, type JSX, useState } from 'react';
import { asProblem } from '../api/client.ts';
import { useSignIn } from '../api/sign-in.ts';
import { LongWait } from '../components/slow-wait.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { SlipwayMark } from '../shell/slipway-mark.tsx';

const useStyles = makeStyles({
  page: {
    minHeight: '100dvh',
    display: 'grid',
    placeItems: 'center',
    padding: tokens.spacingHorizontalL,
    boxSizing: 'border-box',
  },
  form: {
    width: '100%',
    maxWidth: '360px',
    boxSizing: 'border-box',
    display: 'grid',
    gap: tokens.spacingVerticalXL,
    padding: tokens.spacingHorizontalXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** Asks for the portal's access secret. */
export function SignInPage(): JSX.Element {
  const styles = useStyles();
  usePageTitle('Sign in');
  const [secret, setSecret] = useState('');
  const [missing, setMissing] = useState(false);
  const signIn = useSignIn();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (secret === '') {
      setMissing(true);
      return;
    }
    signIn.mutate(secret);
  };
  const problem = signIn.isError ? asProblem(signIn.error) : undefined;
  const wrong = missing ? 'Enter the access secret.' : problem && `${problem.message} ${problem.remedy}`;
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={styles.head}>
          <SlipwayMark sizePx={40} />
          <Subtitle1 as="h1">Sign in to Slipway</Subtitle1>
        </div>
        <Field
          label="Access secret"
          hint="Whoever runs this portal has set it (SLIPWAY_ACCESS_SECRET)."
          validationState={wrong ? 'error' : 'none'}
          validationMessage={wrong ?? null}
        >
          <Input
            type="password"
            autoComplete="current-password"
            autoCapitalize="none"
            spellCheck={false}
            value={secret}
            onChange={(_, { value }) => {
              setMissing(false);
              setSecret(value);
            }}
          />
        </Field>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={signIn.isPending}
          icon={signIn.isPending ? <Spinner size="tiny" aria-hidden /> : null}
        >
          Sign in
        </Button>
        {signIn.isPending && <LongWait />}
      </form>
    </main>
  );
}
