import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DocumentArrowUpRegular, QuestionCircleRegular } from '@fluentui/react-icons';
import { looksLikePrivateKey, readSshPublicKey } from '@slipway/cluster';
import { type ChangeEvent, type DragEvent, type JSX, Suspense, lazy, useId, useRef, useState } from 'react';
import { patiently } from '../api/page-code.ts';
import { FormField } from './form-field.tsx';
import { longestHeld, typedOn } from './key-typing.ts';
import { useWizard } from './wizard-context.ts';

const KeyPairMaker = lazy(patiently(() => import('./key-pair-maker.tsx')));
const SshKeyHelp = lazy(patiently(() => import('./ssh-key-help.tsx')));

/** Public keys take some hundred bytes; a file of more than this is something else. */
const maxFileBytes = 64 * 1024;

const useStyles = makeStyles({
  text: { width: '100%', '& textarea': { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' } },
  ways: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalXS,
  },
  fingerprint: {
    overflowWrap: 'anywhere',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** The public key that may sign in: pasted, loaded from a `.pub` file, or made here. A private key is taken out at once. */
export function SshKeyField(): JSX.Element {
  const styles = useStyles();
  const { draft, changeMaster, dispatch } = useWizard();
  const [removed, setRemoved] = useState(false);
  const [fileProblem, setFileProblem] = useState('');
  const [open, setOpen] = useState<'nothing' | 'help' | 'maker'>('nothing');
  const file = useRef<HTMLInputElement>(null);
  /** Of what is typed after a private key was taken out; see `typedOn`. */
  const held = useRef('');
  const partId = useId();
  const path = 'master.sshPublicKey';

  const change = (text: string): void => {
    const isTypedOn = removed && draft.master.sshPublicKey === '' && text.length <= longestHeld;
    const answer = isTypedOn ? typedOn(held.current, text) : { text };
    if ('text' in answer) take(answer.text);
    else held.current = answer.held;
  };
  const take = (text: string): void => {
    const secret = looksLikePrivateKey(text);
    held.current = '';
    setRemoved(secret);
    setFileProblem('');
    changeMaster({ sshPublicKey: secret ? '' : text });
  };
  const load = async (chosen: File): Promise<void> => {
    if (chosen.size > maxFileBytes) {
      setFileProblem(`${chosen.name} is too large to be a public key. Choose the file that ends in .pub.`);
      return;
    }
    take((await chosen.text()).trim());
    dispatch({ type: 'left', path });
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = event.target.files?.[0];
    event.target.value = '';
    if (chosen) void load(chosen);
  };
  const drop = (event: DragEvent<HTMLElement>): void => {
    const dropped = event.dataTransfer.files[0];
    if (!dropped) return;
    // Otherwise the browser leaves the wizard and shows the file.
    event.preventDefault();
    void load(dropped);
  };
  const toggle = (part: 'help' | 'maker'): void => setOpen(open === part ? 'nothing' : part);

  const reading = readSshPublicKey(draft.master.sshPublicKey);
  return (
    <FormField
      path={path}
      info="The public half of your key pair. Whoever holds the private half can sign in to the machines; it never leaves your computer."
      below="Paste it, drop its .pub file on the field, load the file, or make a pair here."
    >
      {(control) => (
        <>
          <Textarea
            {...control}
            className={styles.text}
            value={draft.master.sshPublicKey}
            onChange={(_, data) => change(data.value)}
            onDrop={drop}
            placeholder="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA… you@computer"
            rows={4}
            resize="vertical"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          {reading.accepted && (
            <span className={styles.fingerprint}>
              {reading.key.algorithm}, {reading.key.bits} bits, fingerprint {reading.key.fingerprint}
              {reading.key.comment && `, ${reading.key.comment}`}
            </span>
          )}
          {removed && (
            <MessageBar intent="error" layout="multiline" role="alert">
              <MessageBarBody>
                <MessageBarTitle>That was a private key.</MessageBarTitle>
                It was taken out of the field again: nothing of it was sent or stored. Never give a private
                key to anyone. Paste the public half, the file that ends in .pub.
              </MessageBarBody>
            </MessageBar>
          )}
          {fileProblem && (
            <MessageBar intent="error" layout="multiline" role="alert">
              <MessageBarBody>{fileProblem}</MessageBarBody>
            </MessageBar>
          )}
          <div className={styles.ways}>
            <Button size="small" icon={<DocumentArrowUpRegular />} onClick={() => file.current?.click()}>
              Load a .pub file
            </Button>
            <Button
              size="small"
              aria-expanded={open === 'maker'}
              aria-controls={partId}
              onClick={() => toggle('maker')}
            >
              Make a key pair here
            </Button>
            <Button
              size="small"
              appearance="subtle"
              icon={<QuestionCircleRegular />}
              aria-expanded={open === 'help'}
              aria-controls={partId}
              onClick={() => toggle('help')}
            >
              How do I make an SSH key?
            </Button>
          </div>
          <input
            ref={file}
            type="file"
            accept=".pub,text/plain"
            hidden
            aria-label="Public key file"
            onChange={choose}
          />
          <div id={partId}>
            <Suspense fallback={<Spinner size="tiny" label="Loading…" />}>
              {open === 'help' && <SshKeyHelp />}
              {open === 'maker' && <KeyPairMaker onMade={take} />}
            </Suspense>
          </div>
        </>
      )}
    </FormField>
  );
}
