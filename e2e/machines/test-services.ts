import { testImage } from './test-image.ts';

/** Nothing is asked of a registry, and nobody waits for the tasks. */
const quietly = ['--detach', '--no-resolve-image'];

/** The service that Connect prints, of the test image, and with 2 replicas where it is not on every agent anyway. */
export function serviceOf(command: string): string {
  const replicas = command.includes('--mode global') ? [] : ['--replicas 2'];
  return command.replace('nginx', [...quietly, ...replicas, testImage].join(' '));
}

/** Arguments that create a service on every agent; in host mode where Swarm's routing mesh does not work. */
export function serviceOnEveryAgent(name: string, port: number, inHostMode: boolean): string[] {
  const publish = inHostMode ? `mode=host,published=${port},target=80` : `${port}:80`;
  const what = ['service', 'create', '--name', name, '--mode', 'global', '--publish', publish];
  return [...what, ...quietly, testImage];
}

/** A compose file with a service that is published, `shown`, and one that is not, `hidden`. */
export function composeFile(port: number, inHostMode: boolean): string {
  const target = { target: 80, published: port };
  const shown = inHostMode
    ? { ports: [{ ...target, mode: 'host' }], deploy: { mode: 'global' } }
    : { ports: [target], deploy: { replicas: 2 } };
  // Without a routing mesh there are no virtual addresses either: the name then stands for the tasks' own.
  const hidden = { deploy: { endpoint_mode: inHostMode ? 'dnsrr' : 'vip' } };
  return JSON.stringify({
    version: '3.8',
    services: { shown: { image: testImage, ...shown }, hidden: { image: testImage, ...hidden } },
  });
}
