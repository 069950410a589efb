import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { swarmFile } from './cluster.test-support.ts';
import { composeCloudInit } from './cloud-init.ts';
import { agentCloudInit, masterCloudInit } from './swarm-cluster.test-support.ts';

interface CloudConfig {
  packages: string[];
  write_files: { path: string; content: string; permissions: string; owner: string }[];
  runcmd: unknown[];
}

describe('cloud-init', () => {
  const documents = { master: masterCloudInit(), agent: agentCloudInit() };
  const config = (role: 'master' | 'agent'): CloudConfig => parse(documents[role]) as CloudConfig;
  const written = (role: 'master' | 'agent', path: string): string =>
    config(role).write_files.find((file) => file.path === path)!.content;

  it.each(['master', 'agent'] as const)(
    'of a %s is cloud-config and holds its files byte for byte',
    (role) => {
      expect(documents[role].startsWith('#cloud-config\n')).toBe(true);
      expect(documents[role]).not.toMatch(/^\s*content: \S@file/m);
      const ours = config(role).write_files.filter((file) => file.path.startsWith('/opt/slipway/'));
      expect(ours.length).toBeGreaterThan(5);
      for (const file of ours)
        expect(file.content).toBe(swarmFile(file.path.replace('/opt/slipway/', 'scripts/')));
    },
  );

  it.each(['master', 'agent'] as const)('of a %s has all files that its units and commands name', (role) => {
    const paths = config(role).write_files.map((file) => file.path);
    const named = [...documents[role].matchAll(/\/opt\/slipway\/[\w.-]+\.(?:py|sh)/g)].map(([path]) => path);
    expect(named.filter((path) => !paths.includes(path))).toEqual([]);
    const imported = config(role).write_files.flatMap((file) =>
      [
        ...file.content.matchAll(
          /^(?:import|from) (bootstrap\w*|configure_node|docker_engine|node_facts)\b/gm,
        ),
      ].map(([, module]) => `/opt/slipway/${module}.py`),
    );
    expect(imported.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('keeps Docker’s address pools outside both ranges of the network', () => {
    for (const role of ['master', 'agent'] as const) {
      const daemon: unknown = JSON.parse(written(role, '/etc/docker/daemon.json'));
      expect(daemon).toMatchObject({ 'default-address-pools': [{ base: '172.24.0.0/13', size: 24 }] });
    }
    expect(written('master', '/opt/slipway/configure_node.py')).toContain('OVERLAY_POOL = "192.168.0.0/16"');
  });

  it('binds the Docker API to loopback of the masters only, behind its firewall rules', () => {
    const socket = written('master', '/etc/systemd/system/docker.socket.d/slipway-api.conf');
    expect(socket).toContain('ListenStream=127.0.0.1:2375');
    expect(socket).toContain('Requires=slipway-guard-ports.service');
    expect(documents.agent).not.toContain('ListenStream');
  });

  it('lets sshd of the masters listen on 22 and 2222', () => {
    expect(written('master', '/etc/ssh/sshd_config.d/10-slipway-ports.conf')).toBe('Port 22\nPort 2222\n');
  });

  it('never gives the docker command a token', () => {
    expect(documents.master + documents.agent).not.toMatch(/docker swarm join|join-token/);
  });

  it('refuses to be composed from a missing or an unfit file', () => {
    const line = "    content: '@file:a.sh'";
    expect(composeCloudInit(line, { 'a.sh': '#!/bin/sh\n\nx\n' })).toBe(
      '    content: |\n      #!/bin/sh\n\n      x',
    );
    expect(() => composeCloudInit(line, {})).toThrow('asks for the file a.sh');
    for (const text of ['', 'x', ' x\n', 'x\r\ny\n', 'x\n\n'])
      expect(() => composeCloudInit(line, { 'a.sh': text })).toThrow('a.sh must start');
  });
});
