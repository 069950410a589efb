import {
  Button,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { type JSX, type KeyboardEvent, useState } from 'react';
import { saveFile } from '../components/save-file.ts';
import { deriveBeside } from './derive-beside.ts';
import { KeyFilePlace } from './key-file-place.tsx';
import { type KeyAlgorithm, makeKeyPair } from './key-pair.ts';

/** `ssh-keygen` takes no shorter one. */
const shortestPassphrase = 5;

const fileNames: Record<KeyAlgorithm, string> = {
  'ssh-ed25519': 'slipway_ed25519',
  'ssh-rsa': 'slipway_rsa',
};

const useStyles = makeStyles({
  maker: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    justifyItems: 'start',
    marginTop: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    '@media (max-width: 767px)': { padding: tokens.spacingHorizontalM },
  },
  text: { margin: 0 },
  wide: { width: '100%' },
  phrases: {
    width: '100%',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  show: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
});

type Outcome =
  { state: 'nothing' | 'making' | 'impossible' } | { state: 'made'; fileName: string; isProtected: boolean };

/** Makes a key pair in the browser: the private half is downloaded, the public half goes into the field. */
export default function KeyPairMaker({ onMade }: { onMade: (publicKey: string) => void }): JSX.Element {
  const styles = useStyles();
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isShown, setShown] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>({ state: 'nothing' });
  const problem = problemOf(passphrase, repeated);
  const shown = isChecked ? problem : {};

  const make = async (): Promise<void> => {
    setChecked(true);
    if (problem.passphrase || problem.repeated || outcome.state === 'making') return;
    setOutcome({ state: 'making' });
    try {
      const pair = await makeKeyPair(
        'made-by-slipway',
        passphrase === '' ? undefined : { passphrase, derive: deriveBeside },
      );
      const fileName = fileNames[pair.algorithm];
      saveFile(fileName, new Blob([pair.privateKey], { type: 'application/octet-stream' }));
      onMade(pair.publicKey);
      setOutcome({ state: 'made', fileName, isProtected: passphrase !== '' });
      setPassphrase('');
      setRepeated('');
      setChecked(false);
    } catch {
      setOutcome({ state: 'impossible' });
    }
  };
  // Enter makes the pair; it is not the blade's OK.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void make();
  };
  const type = isShown ? 'text' : 'password';
  return (
    <section className={styles.maker} aria-label="Make a key pair here">
      <p className={styles.text}>
        Makes a pair in this browser: Ed25519, or RSA with 4096 bits where the browser does not know that. The
        private half is downloaded to your computer and never sent; only the public half goes into the field.
        With a passphrase, whoever finds the file cannot use it.
      </p>
      <div className={styles.phrases}>
        <Field label="Passphrase (optional)" {...messageOf(shown.passphrase)}>
          <Input
            type={type}
            value={passphrase}
            autoComplete="new-password"
            onChange={(_, data) => setPassphrase(data.value)}
            onKeyDown={onKeyDown}
          />
        </Field>
        <Field label="Passphrase again" {...messageOf(shown.repeated)}>
          <Input
            type={type}
            value={repeated}
            autoComplete="new-password"
            onChange={(_, data) => setRepeated(data.value)}
            onKeyDown={onKeyDown}
          />
        </Field>
      </div>
      <Checkbox
        className={styles.show}
        label="Show the passphrase"
        checked={isShown}
        onChange={(_, data) => setShown(data.checked === true)}
      />
      <Button
        icon={outcome.state === 'making' ? <Spinner size="tiny" aria-hidden /> : <ArrowDownloadRegular />}
        disabledFocusable={outcome.state === 'making'}
        onClick={() => void make()}
      >
        Make the pair and download the private key
      </Button>
      <output className={styles.wide}>
        {outcome.state === 'making' && 'The pair is being made. This can take some seconds.'}
        {outcome.state === 'made' && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>The private key is in your downloads as {outcome.fileName}.</MessageBarTitle>
              Keep it: it cannot be downloaded again, and without it nobody can sign in.{' '}
              {outcome.isProtected
                ? 'Keep its passphrase as well: it is stored nowhere.'
                : 'It has no passphrase; the last command below gives it one.'}
            </MessageBarBody>
          </MessageBar>
        )}
        {outcome.state === 'impossible' && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>This browser cannot make a key pair here.</MessageBarTitle>
              Browsers do it only on pages that came over HTTPS or from this computer. Make one with the
              commands under “How do I make an SSH key?” instead.
            </MessageBarBody>
          </MessageBar>
        )}
      </output>
      {outcome.state === 'made' && (
        <KeyFilePlace fileName={outcome.fileName} isProtected={outcome.isProtected} />
      )}
    </section>
  );
}

const messageOf = (message: string | undefined) =>
  message === undefined ? {} : { validationState: 'error' as const, validationMessage: message };

function problemOf(passphrase: string, repeated: string): { passphrase?: string; repeated?: string } {
  if (passphrase !== '' && passphrase.length < shortestPassphrase)
    return { passphrase: `A passphrase has at least ${shortestPassphrase} characters; longer is better.` };
  if (passphrase !== repeated) return { repeated: 'The two are not the same. Type the passphrase again.' };
  return {};
}
