import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { type JSX, useState } from 'react';
import { CommandLine } from './command-line.tsx';
import { makeKeyPair } from './key-pair.ts';

const fileName = 'slipway_ed25519';

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
});

/** Makes a key pair in the browser: the private half is downloaded, the public half goes into the field. */
export function KeyPairMaker({ onMade }: { onMade: (publicKey: string) => void }): JSX.Element {
  const styles = useStyles();
  const [outcome, setOutcome] = useState<'nothing' | 'made' | 'impossible'>('nothing');
  const make = async (): Promise<void> => {
    try {
      const pair = await makeKeyPair('made-by-slipway');
      download(fileName, pair.privateKey);
      onMade(pair.publicKey);
      setOutcome('made');
    } catch {
      setOutcome('impossible');
    }
  };
  return (
    <section className={styles.maker} aria-label="Make a key pair here">
      <p className={styles.text}>
        Makes an Ed25519 pair in this browser. The private half is downloaded to your computer and never sent;
        only the public half goes into the field.
      </p>
      <Button icon={<ArrowDownloadRegular />} onClick={() => void make()}>
        Make the pair and download the private key
      </Button>
      <output className={styles.wide}>
        {outcome === 'made' && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>The private key is in your downloads as {fileName}.</MessageBarTitle>
              Keep it: it cannot be downloaded again, and without it nobody can sign in. It has no passphrase;
              add one with the second command if you like.
            </MessageBarBody>
          </MessageBar>
        )}
        {outcome === 'impossible' && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>This browser cannot make an Ed25519 pair here.</MessageBarTitle>
              Make one with the commands under “How do I make an SSH key?” instead.
            </MessageBarBody>
          </MessageBar>
        )}
      </output>
      {outcome === 'made' && (
        <div className={styles.wide}>
          <p className={styles.text}>
            On macOS and Linux, put it where SSH keeps keys and let only you read it:
          </p>
          <CommandLine
            command={`mkdir -p ~/.ssh && mv ~/Downloads/${fileName} ~/.ssh/ && chmod 600 ~/.ssh/${fileName}`}
          />
          <CommandLine command={`ssh-keygen -p -f ~/.ssh/${fileName}`} />
        </div>
      )}
    </section>
  );
}

function download(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}
