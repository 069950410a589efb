import type { ConnectFacts } from './connect-facts.ts';
import { type ConnectGuidance, type ConnectStepId, type ConnectTrouble, everywhere } from './connect-step.ts';
import type { Shell } from './shells.ts';

const windows: readonly Shell[] = ['powershell', 'cmd'];
const nothing = 'Nothing: no answer is a good answer.';

interface GuidanceInput {
  facts: ConnectFacts;
  /** Where the tunnel, or the first sign-in, leads. */
  ssh: { host: string; port: number };
  servicePort: number;
}

/** What the answer of a step looks like, what its options mean, and what to do when something else comes. */
export function guidanceOf(id: ConnectStepId, input: GuidanceInput): ConnectGuidance {
  const { facts, ssh } = input;
  const none = { options: [], troubles: [] };
  switch (id) {
    case 'key':
      return {
        ...none,
        answer: {
          ...everywhere('Successfully processed 1 files; Failed processing 0 files'),
          bash: nothing,
        },
        troubles: [wslKey],
      };
    case 'tunnel':
      return {
        options: tunnelOptions,
        answer: {
          ...everywhere(
            `${firstVisit} After that nothing more appears and the window stays busy: the tunnel is open.`,
          ),
          bash: `${firstVisit} After that the prompt comes back without a word: the tunnel is open.`,
        },
        troubles: [...sshTroubles(ssh), portTaken, wslTunnel],
      };
    case 'docker-host':
      return { ...none, answer: everywhere(nothing) };
    case 'info':
      return {
        ...none,
        answer: everywhere(
          `Swarm: active\n Managers: ${facts.masterCount}\n Nodes: ${facts.masterCount + facts.agentCount}`,
        ),
        troubles: dockerTroubles,
      };
    case 'service':
      return {
        options: [],
        answer: everywhere('overall progress: 1 out of 1 tasks\nverify: Service … converged'),
        troubles: serviceTroubles,
      };
    case 'open':
      return {
        ...none,
        answer: everywhere('A page that says “Welcome to nginx!”.'),
        troubles: openTroubles(input),
      };
    case 'stack':
      return {
        options: [],
        answer: everywhere('Creating network app_default\nCreating service app_web'),
        troubles: stackTroubles,
      };
    case 'run':
      return { ...none, answer: everywhere('Hello from Docker!') };
    case 'ssh':
      return {
        ...none,
        answer: everywhere(`The prompt of the master: ${facts.adminUsername}@…:~$. exit leads back.`),
        troubles: sshTroubles(ssh),
      };
    case 'close':
      return {
        ...none,
        answer: {
          ...everywhere('Ctrl+C in the window of the tunnel gives its prompt back.'),
          bash: nothing,
        },
      };
  }
}

const firstVisit =
  'At the first visit SSH asks whether you want to continue connecting: yes, for a machine that you have just made.';

const tunnelOptions = [
  {
    option: '-f',
    meaning: 'goes to the background once the tunnel is open, so that the shell is free again.',
  },
  { option: '-N', meaning: 'runs no command on the master: the connection is for the tunnel only.' },
  {
    option: '-L',
    meaning:
      'listens on the first port of your computer and leads what comes there to the address behind it, as the master sees it.',
  },
  { option: '-p', meaning: 'the SSH port of the first master at the masters’ load balancer.' },
];

function sshTroubles({ host, port }: { host: string; port: number }): ConnectTrouble[] {
  return [
    {
      sign: 'Permission denied (publickey)',
      remedy:
        'SSH offered no key that the cluster knows. Enter the path of the private key above: the one whose public half the cluster was created with. The user name has to be as it is in the command.',
    },
    {
      sign: 'WARNING: UNPROTECTED PRIVATE KEY FILE!',
      remedy:
        'Others on your computer could read the key. Enter its path above: the first step then closes it.',
    },
    {
      sign: 'REMOTE HOST IDENTIFICATION HAS CHANGED!',
      remedy:
        'Another machine answers at this address than before. If you deleted the cluster and created it anew, forget the old key and try again. If you know of no reason, do not connect: ask whoever runs the cluster.',
      commands: everywhere(`ssh-keygen -R "${port === 22 ? host : `[${host}]:${port}`}"`),
    },
    {
      sign: 'Connection refused',
      remedy:
        'The address is right, but no SSH answers yet. A machine that has just been made takes a minute or two; else look at the machines whether it runs.',
    },
    {
      sign: 'Connection timed out',
      remedy: `Something swallows what is sent to port ${port}: the machine is stopped, or a firewall on the way lets this port out of your network. Try another network, for example a phone’s.`,
    },
    {
      sign: 'Could not resolve hostname',
      remedy:
        'The name is not known (yet). It comes with the deployment and goes with the cluster: reload this page.',
    },
    {
      sign: 'ssh is not recognized / ssh: command not found',
      remedy:
        'Install the OpenSSH client: in the settings of Windows under Optional features; on Linux the package openssh-client.',
    },
  ];
}

const portTaken: ConnectTrouble = {
  sign: 'Address already in use / cannot listen to port: 2375',
  remedy:
    'A tunnel is open already, or a Docker of your own listens there. Close the other one (the last step), or take another port as told above.',
};

const wslKey: ConnectTrouble = {
  sign: 'In WSL the rights do not change',
  remedy: 'Below /mnt/c the rights are those of Windows. Copy the key into the Linux side and use that path.',
  commands: everywhere('mkdir -p ~/.ssh && cp /mnt/c/path/to/key ~/.ssh/ && chmod 600 ~/.ssh/key'),
  shells: ['bash'],
};

const wslTunnel: ConnectTrouble = {
  sign: 'WSL and Windows',
  remedy:
    'A tunnel that is opened in WSL is there for WSL; whether Windows reaches it depends on how WSL’s network is set. Run tunnel and docker on the same side.',
};

const dockerTroubles: readonly ConnectTrouble[] = [
  {
    sign: 'Cannot connect to the Docker daemon at tcp://localhost:2375',
    remedy:
      'The tunnel is not open, or has been cut: open it again. It does not survive sleep or another network.',
  },
  {
    sign: 'docker is not recognized / docker: command not found',
    remedy:
      'Install the Docker command line. A Docker engine of your own is not needed: Docker Desktop need not run.',
  },
  {
    sign: 'client version … is too new',
    remedy:
      'Your docker is newer than the cluster’s. Set the version that the message names as the maximum, for example:',
    commands: {
      bash: 'export DOCKER_API_VERSION=1.47',
      powershell: '$env:DOCKER_API_VERSION = "1.47"',
      cmd: 'set DOCKER_API_VERSION=1.47',
    },
  },
  {
    sign: 'This node is not a swarm manager',
    remedy:
      'Docker speaks to another engine, for example Docker Desktop’s: this is not the window in which Docker was pointed at the tunnel.',
  },
  {
    sign: 'server gave HTTP response to HTTPS client',
    remedy:
      'DOCKER_TLS_VERIFY is set on your computer. The tunnel is encrypted by SSH: unset it in this window.',
    commands: {
      bash: 'unset DOCKER_TLS_VERIFY',
      powershell: 'Remove-Item Env:DOCKER_TLS_VERIFY',
      cmd: 'set DOCKER_TLS_VERIFY=',
    },
  },
];

const serviceTroubles: readonly ConnectTrouble[] = [
  {
    sign: 'port … is already in use by service …',
    remedy: 'One service has the port. Look which, and remove it or publish another port.',
    commands: everywhere('docker service ls\ndocker service rm web'),
  },
  {
    sign: 'It stays at 0 out of 1 tasks',
    remedy: 'No agent could start it. The last column says why.',
    commands: everywhere('docker service ps web --no-trunc\ndocker node ls'),
  },
  {
    sign: 'toomanyrequests / pull access denied',
    remedy:
      'The registry wants to know who asks. Sign in, and let the agents have it with --with-registry-auth.',
    commands: everywhere('docker login'),
  },
];

const openTroubles = ({ servicePort, facts }: GuidanceInput): readonly ConnectTrouble[] => [
  {
    sign: 'It times out',
    remedy: `No container answers at port ${servicePort} of the agents, or the agents’ load balancer does not offer the port that you ask for. See whether the service of the step before runs.`,
    commands: everywhere('docker service ls'),
  },
  {
    sign: 'The name is not known',
    remedy: `${facts.agentFqdn} has to be typed as it is, with http:// before it: a browser may try https by itself.`,
  },
];

const stackTroubles: readonly ConnectTrouble[] = [
  {
    sign: 'no such file or directory / cannot find the file',
    remedy: 'Save the file first, and run the command in the folder where it lies.',
  },
  {
    sign: 'Ignoring unsupported options: build',
    remedy:
      'A stack takes finished images only. Build the image, push it to a registry that the agents can read, and name it.',
  },
  {
    sign: 'failed to create service: port … is already in use',
    remedy: 'Another service has the port: publish another one in the file, or remove that service.',
    commands: everywhere('docker service ls'),
  },
];

/** What is met in a shell. */
export const troublesIn = (troubles: readonly ConnectTrouble[], shell: Shell): ConnectTrouble[] =>
  troubles.filter(({ shells }) => shells === undefined || shells.includes(shell));

/** Options that a shell's command has. */
export const optionsIn = (
  options: ConnectGuidance['options'],
  shell: Shell,
): { option: string; meaning: string }[] =>
  // On Windows the tunnel stays in its window.
  options.filter(({ option }) => option !== '-f' || !windows.includes(shell));
