/** What a stack file of a first service publishes. */
export interface ComposeInput {
  port: number;
  /** Whether a published port answers on every agent. */
  routingMesh: boolean;
}

/** A compose file for `docker stack deploy`: one service at a port of the agents. */
export function composeFile({ port, routingMesh }: ComposeInput): string {
  const service = routingMesh
    ? ['    ports:', `      - "${port}:80"`, '    deploy:', '      replicas: 2']
    : [
        '    ports:',
        '      - target: 80',
        `        published: ${port}`,
        '        mode: host',
        '    deploy:',
        '      mode: global',
      ];
  return ['version: "3.8"', 'services:', '  web:', '    image: nginx', ...service, ''].join('\n');
}
