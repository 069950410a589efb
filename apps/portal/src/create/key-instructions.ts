import type { System } from '../components/computer-system.ts';

export interface Instruction {
  text: string;
  command?: string;
}

/** One way to make a key pair; a system with several has titles for them. */
export interface KeyWay {
  title?: string;
  steps: readonly Instruction[];
}

const make: Instruction = {
  text: 'Make the pair. Accept the suggested file with Enter, and give it a passphrase if you like. If it says that the file exists already, answer n: you have a key and can go on with the next step.',
  command: 'ssh-keygen -t ed25519',
};

/** How a key pair is made on each system, with the OpenSSH that comes with it or, on Windows, with Git's. */
export const keyInstructions: Record<System, readonly KeyWay[]> = {
  windows: [
    {
      title: "With Windows' own OpenSSH, in PowerShell",
      steps: [
        {
          text: 'Open PowerShell from the Start menu. If it does not know ssh-keygen, add “OpenSSH Client” under Settings, Optional features.',
        },
        make,
        {
          text: 'Copy the public half, and paste it into the field above.',
          command: 'Get-Content "$env:USERPROFILE\\.ssh\\id_ed25519.pub" | Set-Clipboard',
        },
      ],
    },
    {
      title: "With Git's OpenSSH, in Git Bash",
      steps: [
        { text: 'Open Git Bash from the Start menu. It comes with Git for Windows, and so does ssh-keygen.' },
        make,
        {
          text: 'Copy the public half, and paste it into the field above.',
          command: 'clip < ~/.ssh/id_ed25519.pub',
        },
      ],
    },
  ],
  macos: [
    {
      steps: [
        { text: 'Open Terminal: press Command and Space, type Terminal and press Return.' },
        make,
        {
          text: 'Copy the public half, and paste it into the field above.',
          command: 'pbcopy < ~/.ssh/id_ed25519.pub',
        },
      ],
    },
  ],
  linux: [
    {
      steps: [
        { text: 'Open a terminal.' },
        make,
        {
          text: 'Show the public half. Copy the whole line, and paste it into the field above.',
          command: 'cat ~/.ssh/id_ed25519.pub',
        },
      ],
    },
  ],
};
