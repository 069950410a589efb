import { createHash } from 'node:crypto';
import type { PlannedListener, PlannedProbe } from '../network/balancer-plan.ts';
import type { NetworkPlan } from '../network/network-plan.ts';
import { safeName } from './config-names.ts';
import { platformAddress } from './platform-addresses.ts';

/** HAProxy refuses lines of 2048 characters and more; a longer probe path is cut off here. */
const longestPath = 1_500;

/** Where HAProxy answers questions about its state. */
export const balancerSocket = '/run/haproxy.sock';

/**
 * The configuration of HAProxy (2.6 or newer) that serves a virtual network's load balancers in its fabric. The public
 * addresses and Azure's platform address must stand on a local interface when it is loaded.
 *
 * Each listener binds its public address and port, and each new connection goes to the next healthy backend, with the
 * public address as its source; Azure's distribution by a hash of five values spreads them as evenly. The source of the
 * client is not preserved, which Azure does. Probes come from the platform address, as in Azure; an HTTP probe succeeds
 * with status 200 only, and an HTTPS probe takes any certificate. Listeners with the same probe of the same machines
 * share it. A connection for which there is no healthy backend is closed at once.
 *
 * The addresses of the plan are taken as they are; `networkPlans` has checked them. All other text is made safe.
 */
export function haproxyConfig(plan: NetworkPlan): string {
  const probes = new Map<string, string>();
  const listeners = plan.listeners.map((listener, index) => {
    const name = `${index}-${safeName(listener.id)}`;
    const probeName = listener.probe && listener.backends.length > 0 ? probeBackendName(listener) : undefined;
    if (listener.probe && probeName !== undefined) {
      probes.set(probeName, probeBackend(probeName, listener.probe, listener));
    }
    return `${frontend(name, listener)}\n${trafficBackend(name, listener, probeName)}`;
  });
  return [globalSection, ...probes.values(), ...listeners].join('\n');
}

/**
 * A fixed number of connections keeps HAProxy from reserving memory for as many files as the container may open. No
 * connection is tried again elsewhere: Azure hands a refusal through.
 */
const globalSection = section('global', [
  'log stdout format raw daemon notice',
  `stats socket ${balancerSocket} mode 600 level admin`,
  'maxconn 8192',
]).concat(
  '\n',
  section('defaults', [
    'mode tcp',
    'log global',
    'option dontlognull',
    'retries 0',
    'timeout connect 10s',
    'timeout client 4m',
    'timeout server 4m',
  ]),
);

function frontend(name: string, listener: PlannedListener): string {
  return section(`frontend listener-${name}`, [
    `bind ${listener.publicAddress}:${listener.port}`,
    `timeout client ${listener.idleTimeoutMinutes}m`,
    `tcp-request connection reject if { nbsrv(traffic-${name}) eq 0 }`,
    `default_backend traffic-${name}`,
  ]);
}

function trafficBackend(name: string, listener: PlannedListener, probeName: string | undefined): string {
  return section(`backend traffic-${name}`, [
    'balance roundrobin',
    `timeout server ${listener.idleTimeoutMinutes}m`,
    `source ${listener.publicAddress}`,
    ...listener.backends.map(({ address, port, machineId }, index) => {
      const server = serverName(index, machineId);
      const health = probeName === undefined ? '' : ` track ${probeName}/${server}`;
      return `server ${server} ${address}:${port}${health}`;
    }),
  ]);
}

function probeBackend(name: string, probe: PlannedProbe, listener: PlannedListener): string {
  const { intervalSeconds, kind, port, threshold } = probe;
  const check = `check inter ${intervalSeconds}s fall ${threshold} rise ${threshold}`;
  const secure = kind === 'https' ? ' check-ssl verify none' : '';
  return section(`backend ${name}`, [
    ...(kind === 'tcp'
      ? []
      : [
          'option httpchk',
          `http-check send meth GET uri ${safePath(probe.path ?? '/')} ver HTTP/1.1 hdr Host ${platformAddress}`,
          'http-check expect status 200',
        ]),
    `source ${platformAddress}`,
    ...listener.backends.map(
      ({ address, machineId }, index) =>
        `server ${serverName(index, machineId)} ${address}:${port} ${check}${secure}`,
    ),
  ]);
}

/** The same name for the same probe of the same machines, so that they are probed once. */
function probeBackendName({ backends, probe }: PlannedListener): string {
  const machines = backends.map(({ address, machineId }) => [address, machineId]);
  const digest = createHash('sha256')
    .update(JSON.stringify([probe, machines]))
    .digest('hex');
  return `probe-${digest.slice(0, 16)}`;
}

function serverName(index: number, machineId: string): string {
  return `${index}-${safeName(machineId)}`;
}

/** A probe's path with everything percent-encoded that means something to HAProxy or does not belong into a path. */
function safePath(path: string): string {
  const encoded = Array.from(Buffer.from(path, 'utf8'), (byte) => {
    const character = String.fromCodePoint(byte);
    return /[A-Za-z0-9/_.~?&=%:@+,;-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  return `${encoded.startsWith('/') ? '' : '/'}${encoded}`.slice(0, longestPath);
}

function section(head: string, body: readonly string[]): string {
  return `${[head, ...body.map((line) => `  ${line}`)].join('\n')}\n`;
}
