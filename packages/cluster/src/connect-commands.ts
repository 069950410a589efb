import type { ConnectFacts } from './connect-facts.ts';

export const shells = ['bash', 'powershell', 'cmd'] as const;
export type Shell = (typeof shells)[number];

/** How each shell is called on screen. */
export const shellNames: Record<Shell, string> = { bash: 'Bash', powershell: 'PowerShell', cmd: 'CMD' };

/** One step of using a cluster: what to do, why, and the exact text for each shell. */
export interface ConnectStep {
  id: 'tunnel' | 'docker-host' | 'info' | 'service' | 'open' | 'run' | 'stack' | 'ssh';
  title: string;
  explanation: string;
  commands: Record<Shell, string>;
  /** Addresses to open in a browser. */
  links: string[];
}

/** The port on the reader's own computer where the tunnel begins; the Docker API's usual one. */
export const LOCAL_DOCKER_PORT = 2375;

const everywhere = (command: string): Record<Shell, string> => ({
  bash: command,
  powershell: command,
  cmd: command,
});

/**
 * The steps from a shell on one's own computer to a running container, filled in with the cluster's facts, in the
 * order in which they are done.
 */
export function connectCommands(facts: ConnectFacts): ConnectStep[] {
  const entrance = tunnelEntrance(facts);
  const login = `${facts.adminUsername}@${facts.masterFqdn}`;
  const forward = `${LOCAL_DOCKER_PORT}:localhost:2375`;
  const host = `tcp://localhost:${LOCAL_DOCKER_PORT}`;
  const published = publishedPort(facts);
  return [
    {
      id: 'tunnel',
      title: 'Open a tunnel to the cluster',
      explanation:
        'The Docker API of a master listens inside the machine only. This SSH tunnel brings it to port ' +
        `${LOCAL_DOCKER_PORT} of your computer, with the private half of the key that the cluster was created with. ` +
        'On Windows the tunnel keeps its window: open a second one for the next steps.',
      commands: {
        bash: `ssh -fNL ${forward} -p ${entrance} ${login}`,
        powershell: `ssh -NL ${forward} -p ${entrance} ${login}`,
        cmd: `ssh -NL ${forward} -p ${entrance} ${login}`,
      },
      links: [],
    },
    {
      id: 'docker-host',
      title: 'Point Docker at the tunnel',
      explanation: 'From now on the docker command in this shell speaks to the cluster.',
      commands: {
        bash: `export DOCKER_HOST=${host}`,
        powershell: `$env:DOCKER_HOST = "${host}"`,
        cmd: `set DOCKER_HOST=${host}`,
      },
      links: [],
    },
    {
      id: 'info',
      title: 'Look at the cluster',
      explanation:
        `docker info says “Swarm: active”, ${counted(facts.masterCount, 'manager')} and ` +
        `${counted(facts.masterCount + facts.agentCount, 'node')}; docker node ls lists them.`,
      commands: everywhere('docker info\ndocker node ls'),
      links: [],
    },
    {
      id: 'service',
      title: 'Run a first service',
      explanation:
        `A service runs on the agents. Its published port ${published} answers at the agents' address, ` +
        'whichever agent runs the container.',
      commands: everywhere(
        `docker service create --name web --publish ${published}:80 nginx\ndocker service ps web`,
      ),
      links: [],
    },
    {
      id: 'open',
      title: 'Open it in a browser',
      explanation: `These ports of ${facts.agentFqdn} reach the agents: ${facts.agentPorts
        .map(({ port }) => port)
        .join(', ')}. Another port has to be added to the agents' load balancer first.`,
      commands: {
        bash: `curl ${agentUrl(facts, published)}`,
        powershell: `Invoke-WebRequest ${agentUrl(facts, published)}`,
        cmd: `curl ${agentUrl(facts, published)}`,
      },
      links: facts.agentPorts.map(({ port }) => agentUrl(facts, port)),
    },
    {
      id: 'stack',
      title: 'Deploy a stack from a compose file',
      explanation:
        'A stack is a set of services described in one docker-compose.yml. Deploying it again updates it.',
      commands: everywhere('docker stack deploy -c docker-compose.yml app\ndocker stack services app'),
      links: [],
    },
    {
      id: 'run',
      title: 'About docker run',
      explanation:
        'In the first Swarm, docker run sent to the master landed on an agent. In Swarm mode it starts a container ' +
        "on the master itself, which is not behind the agents' address: nobody reaches its ports from the internet. " +
        'Use it for a quick look only, and docker service create for everything that should be reached or survive.',
      commands: everywhere('docker run --rm hello-world'),
      links: [],
    },
    {
      id: 'ssh',
      title: 'Sign in to a master',
      explanation: `Each master has an SSH port of its own at the same address: ${facts.ssh
        .map(({ port, machine }) => `${port} is ${machine}`)
        .join(', ')}.`,
      commands: everywhere(facts.ssh.map(({ port }) => `ssh -p ${port} ${login}`).join('\n')),
      links: [],
    },
  ];
}

/** The address of a port of the agents, as a browser takes it. */
export function agentUrl(facts: Pick<ConnectFacts, 'agentFqdn'>, port: number): string {
  if (port === 80) return `http://${facts.agentFqdn}/`;
  if (port === 443) return `https://${facts.agentFqdn}/`;
  return `http://${facts.agentFqdn}:${port}/`;
}

/** The port for the tunnel: the first that leads to a master's own port 22, as 2200 does. */
function tunnelEntrance(facts: ConnectFacts): number {
  const own = facts.ssh.find(({ backendPort }) => backendPort === 22) ?? facts.ssh[0];
  return own?.port ?? 22;
}

/** Port 80 where the cluster offers it, else the first port that reaches the agents. */
function publishedPort(facts: ConnectFacts): number {
  const ports = facts.agentPorts.map(({ port }) => port);
  return ports.includes(80) ? 80 : (ports[0] ?? 80);
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
