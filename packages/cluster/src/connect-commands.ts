import { composeFile } from './compose-file.ts';
import type { ConnectFacts } from './connect-facts.ts';
import { guidanceOf } from './connect-guidance.ts';
import {
  type ConnectAlternative,
  type ConnectGuidance,
  type ConnectStep,
  everywhere,
  inEach,
} from './connect-step.ts';
import {
  type Entrance,
  agentEntrances,
  agentUrl,
  isOnThisComputer,
  sshEntrances,
  unreachedAgentPorts,
} from './entrances.ts';
import { readKeyFile } from './key-file.ts';
import { type Shell, quotedPath } from './shells.ts';
import { sshCommand } from './ssh-command.ts';
import { clusterAlias, sshConfig } from './ssh-config.ts';

export interface ConnectOptions {
  /** Where the private key lies on the reader's computer, as typed; what `readKeyFile` refuses is left out. */
  keyFile?: string | undefined;
}

/** The port on the reader's own computer where the tunnel begins; the Docker API's usual one. */
export const LOCAL_DOCKER_PORT = 2375;

/** Where the Docker API of a master listens, inside the machine only. */
const DOCKER_API_PORT = 2375;

/** For a computer on which `LOCAL_DOCKER_PORT` is taken. */
const OTHER_DOCKER_PORT = 23_750;

/** What a step is before what is to be known beside its command is added to it. */
type BareStep = Omit<ConnectStep, keyof ConnectGuidance | 'alternatives'> &
  Partial<Pick<ConnectStep, 'alternatives'>>;

/**
 * The steps from a shell on one's own computer to a running container, filled in with the cluster's facts, in the
 * order in which they are done. Every command goes where the entrances are really reached.
 */
export function connectCommands(facts: ConnectFacts, options: ConnectOptions = {}): ConnectStep[] {
  const reading = readKeyFile(options.keyFile ?? '');
  const keyFile = reading.accepted ? reading.path : undefined;
  const ssh = tunnelWay(facts).at;
  const guided = { facts, ssh, servicePort: publishedPort(facts) };
  return bareSteps(facts, keyFile).map((step) => ({
    alternatives: [],
    ...step,
    ...guidanceOf(step.id, guided),
  }));
}

function bareSteps(facts: ConnectFacts, keyFile: string | undefined): BareStep[] {
  return [
    ...(keyFile === undefined ? [] : [keyStep(keyFile)]),
    tunnelStep(facts, keyFile),
    {
      id: 'docker-host',
      title: 'Point Docker at the tunnel',
      explanation: 'From now on the docker command in this shell speaks to the cluster.',
      commands: {
        bash: `export DOCKER_HOST=${dockerHost(LOCAL_DOCKER_PORT)}`,
        powershell: `$env:DOCKER_HOST = "${dockerHost(LOCAL_DOCKER_PORT)}"`,
        cmd: `set DOCKER_HOST=${dockerHost(LOCAL_DOCKER_PORT)}`,
      },
      alternatives: [dockerContext(facts)],
      notes: [],
      entrances: [],
    },
    {
      id: 'info',
      title: 'Look at the cluster',
      explanation:
        `docker info says “Swarm: active”, ${counted(facts.masterCount, 'manager')} and ` +
        `${counted(facts.masterCount + facts.agentCount, 'node')}; docker node ls lists them.`,
      commands: everywhere('docker info\ndocker node ls'),
      notes: [],
      entrances: [],
    },
    serviceStep(facts),
    openStep(facts),
    stackStep(facts),
    {
      id: 'run',
      title: 'About docker run',
      explanation:
        'In the first Swarm, docker run sent to the master landed on an agent. In Swarm mode it starts a container ' +
        "on the master itself, which is not behind the agents' address: nobody reaches its ports from the internet. " +
        'Use it for a quick look only, and docker service create for everything that should be reached or survive.',
      commands: everywhere('docker run --rm hello-world'),
      notes: [],
      entrances: [],
    },
    signInStep(facts, keyFile),
    closeStep(facts),
  ];
}

/** SSH refuses a private key that others may read; what is right depends on the system, and the shell tells it. */
function keyStep(keyFile: string): BareStep {
  const file = (shell: Shell): string => quotedPath(keyFile, shell);
  return {
    id: 'key',
    title: 'Let only you read the key',
    explanation:
      'SSH does not use a private key that others on your computer could read, as is usual in a folder of downloads. ' +
      'Once is enough.',
    commands: {
      bash: `chmod 600 ${file('bash')}`,
      powershell: `icacls ${file('powershell')} /inheritance:r /grant:r "\${env:USERNAME}:R"`,
      cmd: `icacls ${file('cmd')} /inheritance:r /grant:r "%USERNAME%:R"`,
    },
    notes: [],
    entrances: [],
  };
}

function tunnelStep(facts: ConnectFacts, keyFile: string | undefined): BareStep {
  const entrance = tunnelEntrance(facts);
  const isLocal = entrance !== undefined && isOnThisComputer(entrance, facts.masterFqdn);
  return {
    id: 'tunnel',
    title: 'Open a tunnel to the cluster',
    explanation:
      'The Docker API of a master listens inside the machine only. This SSH tunnel brings it to port ' +
      `${LOCAL_DOCKER_PORT} of your computer, with the private half of the key that the cluster was created with. ` +
      'On Windows the tunnel keeps its window: open a second one for the next steps.',
    commands: inEach((shell) =>
      sshCommand(facts, tunnelWay(facts), shell, {
        options: [shell === 'bash' ? '-fNL' : '-NL', forward(LOCAL_DOCKER_PORT)],
        keyFile,
      }),
    ),
    alternatives: [configAlternative(facts, keyFile)],
    notes: [
      `If port ${LOCAL_DOCKER_PORT} is taken on your computer, put another one in its place here and in the next step: ` +
        `for example ${forward(OTHER_DOCKER_PORT)} and ${dockerHost(OTHER_DOCKER_PORT)}.`,
      ...(isLocal
        ? [
            `${standsFor(entrance, facts.masterFqdn)} Such an address serves one cluster after another, each with host ` +
              'keys of its own. The two -o therefore keep the host key of this machine in a file of its own, and take ' +
              'it unasked at the first visit.',
          ]
        : []),
    ],
    entrances: entrance ? [entrance] : [],
  };
}

/** The tunnel in `ssh_config`: once written, a name is enough. */
function configAlternative(facts: ConnectFacts, keyFile: string | undefined): ConnectAlternative {
  const alias = clusterAlias(facts);
  return {
    title: 'Keep it in ssh_config',
    explanation:
      'Written once into the file config in the folder .ssh of your home, the tunnel needs no more than its name, ' +
      'and other programs that use SSH know the cluster, too.',
    file: {
      name: '~/.ssh/config',
      text: sshConfig(facts, tunnelWay(facts), {
        from: LOCAL_DOCKER_PORT,
        to: DOCKER_API_PORT,
        keyFile,
      }),
    },
    commands: { ...everywhere(`ssh -N ${alias}`), bash: `ssh -fN ${alias}` },
  };
}

/** Beside `DOCKER_HOST`, which is forgotten with its window and stands above any context. */
function dockerContext(facts: ConnectFacts): ConnectAlternative {
  const alias = clusterAlias(facts);
  return {
    title: 'Keep it as a Docker context',
    explanation:
      'A context outlives the window and can be switched. DOCKER_HOST stands above it: leave that unset. ' +
      'docker context use default leads back to your own Docker.',
    commands: everywhere(
      `docker context create ${alias} --docker "host=${dockerHost(LOCAL_DOCKER_PORT)}"\ndocker context use ${alias}`,
    ),
  };
}

function stackStep(facts: ConnectFacts): BareStep {
  const entrance = agentEntrances(facts).find(({ port }) => port === stackPort(facts));
  const address = entrance?.url ?? agentUrl({ port: 80, at: { host: facts.agentFqdn, port: 80 } });
  const taken = stackPort(facts) === publishedPort(facts);
  return {
    id: 'stack',
    title: 'Deploy a stack from a compose file',
    explanation:
      'A stack is a set of services described in one docker-compose.yml. Deploying it again updates it. ' +
      `This one answers at ${address}.` +
      (facts.routingMesh
        ? ''
        : ' Here, too, its port is published in host mode: “mode: host” under ports, “mode: global” under deploy.'),
    file: {
      name: 'docker-compose.yml',
      text: composeFile({ port: stackPort(facts), routingMesh: facts.routingMesh }),
    },
    commands: everywhere('docker stack deploy -c docker-compose.yml app\ndocker stack services app'),
    notes: taken
      ? [
          'The cluster offers no other port than the first service has: remove that first, docker service rm web.',
        ]
      : [],
    entrances: [],
  };
}

function closeStep(facts: ConnectFacts): BareStep {
  const local = forward(LOCAL_DOCKER_PORT);
  return {
    id: 'close',
    title: 'Close the tunnel',
    explanation:
      'The services go on running without it. Afterwards Docker speaks to your own computer again. ' +
      `If you made a context: docker context use default, and docker context rm ${clusterAlias(facts)}.`,
    commands: {
      // The bracket keeps the pattern from finding the command that looks for it.
      bash: `pkill -f '[${local.slice(0, 1)}]${local.slice(1)}'\nunset DOCKER_HOST`,
      powershell: 'Remove-Item Env:DOCKER_HOST',
      cmd: 'set DOCKER_HOST=',
    },
    notes: ['On Windows press Ctrl+C in the window of the tunnel, or close it.'],
    entrances: [],
  };
}

function serviceStep(facts: ConnectFacts): BareStep {
  const port = publishedPort(facts);
  const inHostMode = `mode=host,published=${port},target=80`;
  return {
    id: 'service',
    title: 'Run a first service',
    explanation: facts.routingMesh
      ? `A service runs on the agents. Its published port ${port} answers at the agents' address, ` +
        'whichever agent runs the container.'
      : `A service runs on the agents. Its published port ${port} answers at the agents' address. ` +
        "The kernel under these machines lacks IPVS, which Swarm's routing mesh needs: published the usual way, " +
        'nothing would answer. So the port is published in host mode, on the machine that runs the container, and ' +
        'the service is a global one, with one container on each agent, so that each of them answers.',
    commands: facts.routingMesh
      ? everywhere(firstService(`--publish ${port}:80`))
      : {
          ...everywhere(firstService(`--mode global --publish ${inHostMode}`)),
          // Without quotation marks PowerShell makes three words of it.
          powershell: firstService(`--mode global --publish "${inHostMode}"`),
        },
    notes: [],
    entrances: [],
  };
}

const firstService = (publish: string): string =>
  `docker service create --name web ${publish} nginx\ndocker service ps web`;

function openStep(facts: ConnectFacts): BareStep {
  const entrances = agentEntrances(facts);
  const address =
    entrances.find(({ port }) => port === publishedPort(facts))?.url ??
    agentUrl({ port: 80, at: { host: facts.agentFqdn, port: 80 } });
  const elsewhere = entrances.find((entrance) => isOnThisComputer(entrance, facts.agentFqdn));
  const unreached = unreachedAgentPorts(facts);
  return {
    id: 'open',
    title: 'Open it in a browser',
    explanation: `These ports of ${facts.agentFqdn} reach the agents: ${entrances
      .map((entrance) => withLocalPort(entrance))
      .join(', ')}. Another port has to be added to the agents' load balancer first.`,
    commands: {
      bash: `curl ${address}`,
      powershell: `Invoke-WebRequest ${address}`,
      cmd: `curl ${address}`,
    },
    notes: [
      ...(elsewhere ? [standsFor(elsewhere, facts.agentFqdn)] : []),
      ...(unreached.length > 0 ? [`No address of that computer leads to ${unreached.join(', ')}.`] : []),
    ],
    entrances,
  };
}

function signInStep(facts: ConnectFacts, keyFile: string | undefined): BareStep {
  const entrances = sshEntrances(facts);
  const isLocal = entrances.some((entrance) => isOnThisComputer(entrance, facts.masterFqdn));
  return {
    id: 'ssh',
    title: 'Sign in to a master',
    explanation: `Each master has an SSH port of its own at the same address: ${entrances
      .map((entrance) => `${withLocalPort(entrance)} is ${entrance.machine}`)
      .join(', ')}.`,
    commands: inEach((shell) =>
      entrances.map((entrance) => sshCommand(facts, entrance, shell, { keyFile })).join('\n'),
    ),
    notes: isLocal ? ['As with the tunnel, the host key of each machine is kept in a file of its own.'] : [],
    entrances,
  };
}

/** Where the tunnel leads to: by the entrance for it, and by the usual one where there is none. */
const tunnelWay = (facts: ConnectFacts): Pick<ConnectFacts['ssh'][number], 'at' | 'machineId'> =>
  tunnelEntrance(facts) ?? { at: { host: facts.masterFqdn, port: 22 } };

/** What ssh forwards: from a port of the reader's computer to the Docker API inside the master. */
const forward = (port: number): string => `${port}:localhost:${DOCKER_API_PORT}`;

const dockerHost = (port: number): string => `tcp://localhost:${port}`;

const standsFor = ({ at }: Pick<Entrance, 'at'>, fqdn: string): string =>
  `On the computer that runs the portal, ${at.host} stands for ${fqdn}.`;

/** A port of the cluster, and the port at which it is reached where that is another one. */
const withLocalPort = ({ port, at }: Pick<Entrance, 'port' | 'at'>): string =>
  at.port === port ? String(port) : `${port} (reached at ${at.port})`;

/** The entrance for the tunnel: the first that leads to a master's own port 22, as 2200 does. */
function tunnelEntrance(facts: ConnectFacts): ReturnType<typeof sshEntrances>[number] | undefined {
  const entrances = sshEntrances(facts);
  return entrances.find(({ backendPort }) => backendPort === 22) ?? entrances[0];
}

/** Port 80 where the cluster offers it, else the first port that reaches the agents. */
function publishedPort(facts: ConnectFacts): number {
  const ports = agentEntrances(facts).map(({ port }) => port);
  return ports.includes(80) ? 80 : (ports[0] ?? 80);
}

/** A port for the stack beside the first service: 8080 where the cluster offers it, else another than the service's. */
function stackPort(facts: ConnectFacts): number {
  const free = agentEntrances(facts)
    .map(({ port }) => port)
    .filter((port) => port !== publishedPort(facts));
  return free.includes(8080) ? 8080 : (free[0] ?? publishedPort(facts));
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
