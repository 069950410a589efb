import { makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, useState } from 'react';
import { type System, guessSystem } from '../components/computer-system.ts';
import { CommandLine } from './command-line.tsx';
import { SystemTabs } from './system-tabs.tsx';

const useStyles = makeStyles({
  place: { width: '100%', display: 'grid', gap: tokens.spacingVerticalS },
  text: { margin: 0 },
});

const placeCommands: Record<System, (fileName: string) => { text: string; command: string }[]> = {
  windows: (name) => [
    {
      text: 'In PowerShell, put it where SSH keeps keys, and let only you read it: SSH refuses a key that others can read.',
      command: `New-Item -ItemType Directory -Force "$HOME\\.ssh" | Out-Null; Move-Item "$HOME\\Downloads\\${name}" "$HOME\\.ssh\\"`,
    },
    {
      text: 'Only you:',
      command: `icacls "$HOME\\.ssh\\${name}" /inheritance:r /grant:r "\${env:USERNAME}:F"`,
    },
  ],
  macos: unixCommands,
  linux: unixCommands,
};

function unixCommands(name: string): { text: string; command: string }[] {
  return [
    {
      text: 'Put it where SSH keeps keys, and let only you read it (mode 600, in a folder of mode 700): SSH refuses a key that others can read.',
      command: `mkdir -p -m 700 ~/.ssh && mv ~/Downloads/${name} ~/.ssh/ && chmod 600 ~/.ssh/${name}`,
    },
  ];
}

/** Where a downloaded private key belongs, and how nobody else can read it, on each system. */
export function KeyFilePlace({
  fileName,
  isProtected,
}: {
  fileName: string;
  isProtected: boolean;
}): JSX.Element {
  const styles = useStyles();
  const [system, setSystem] = useState<System>(() => guessSystem(navigator.userAgent));
  const commands = placeCommands[system](fileName);
  const path = system === 'windows' ? `"$HOME\\.ssh\\${fileName}"` : `~/.ssh/${fileName}`;
  return (
    <div className={styles.place}>
      <SystemTabs name="key-place" system={system} onChange={setSystem}>
        <div className={styles.place}>
          {commands.map(({ text, command }) => (
            <div key={command}>
              <p className={styles.text}>{text}</p>
              <CommandLine command={command} />
            </div>
          ))}
          {!isProtected && (
            <div>
              <p className={styles.text}>To give it a passphrase:</p>
              <CommandLine command={`ssh-keygen -p -f ${path}`} />
            </div>
          )}
        </div>
      </SystemTabs>
    </div>
  );
}
