import type { System } from '../components/computer-system.ts';

export interface Instruction {
  text: string;
  command?: string;
}

const make: Instruction = {
  text: 'Make the pair. Accept the suggested file with Enter, and give it a passphrase if you like. If it says that the file exists already, answer n: you have a key and can go on with the next step.',
  command: 'ssh-keygen -t ed25519',
};

/** How a key pair is made on each system, with the OpenSSH that comes with it. */
export const keyInstructions: Record<System, readonly Instruction[]> = {
  windows: [
    {
      text: 'Open PowerShell from the Start menu. If it does not know ssh-keygen, add “OpenSSH Client” under Settings, Optional features, or use Git Bash, which brings its own (then follow Linux).',
    },
    make,
    {
      text: 'Copy the public half, and paste it into the field above.',
      command: 'Get-Content "$env:USERPROFILE\\.ssh\\id_ed25519.pub" | Set-Clipboard',
    },
  ],
  macos: [
    { text: 'Open Terminal: press Command and Space, type Terminal and press Return.' },
    make,
    {
      text: 'Copy the public half, and paste it into the field above.',
      command: 'pbcopy < ~/.ssh/id_ed25519.pub',
    },
  ],
  linux: [
    { text: 'Open a terminal.' },
    make,
    {
      text: 'Show the public half. Copy the whole line, and paste it into the field above.',
      command: 'cat ~/.ssh/id_ed25519.pub',
    },
  ],
};
