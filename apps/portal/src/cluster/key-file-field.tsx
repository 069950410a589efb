import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { Shell } from '@slipway/cluster';
import type { ClipboardEvent, DragEvent, JSX } from 'react';
import type { KeyFile } from './use-key-file.ts';

const useStyles = makeStyles({
  field: { maxWidth: '560px' },
  input: { '& input': { fontFamily: tokens.fontFamilyMonospace } },
});

/** Where the private key that Slipway makes is found after its download, in each shell's words. */
const examples: Record<Shell, string> = {
  bash: '~/.ssh/slipway_ed25519',
  powershell: '~\\Downloads\\slipway_ed25519',
  cmd: '%USERPROFILE%\\Downloads\\slipway_ed25519',
};

/** Where the reader's private key lies, so that the commands can name it. The key itself is refused. */
export function KeyFileField({ keyFile, shell }: { keyFile: KeyFile; shell: Shell }): JSX.Element {
  const styles = useStyles();
  // A field of one line drops line breaks, by which a key is known: so it is looked at on its way in.
  const paste = (event: ClipboardEvent): void => {
    if (keyFile.refusesKey(event.clipboardData.getData('text'))) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    if (event.dataTransfer.files.length > 0) {
      // Otherwise the browser leaves the page and shows the file.
      event.preventDefault();
      keyFile.refuseFile();
    } else if (keyFile.refusesKey(event.dataTransfer.getData('text'))) event.preventDefault();
  };
  return (
    <Field
      className={styles.field}
      label="Path of your private key"
      hint="Optional: with it every ssh command names the key. Only the path is asked for; it stays in this browser."
      {...(keyFile.refusal === undefined ? {} : { validationMessage: keyFile.refusal })}
    >
      <Input
        className={styles.input}
        value={keyFile.text}
        onChange={(_, { value }) => keyFile.change(value)}
        onBlur={keyFile.leave}
        onPaste={paste}
        onDrop={drop}
        placeholder={`For example ${examples[shell]}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </Field>
  );
}
