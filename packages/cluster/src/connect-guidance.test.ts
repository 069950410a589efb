import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectCommands } from './connect-commands.ts';
import { optionsIn, troublesIn } from './connect-guidance.ts';
import { deployed, factsOf } from './connect.test-support.ts';
import { shells } from './shells.ts';

const facts = factsOf(deployed(3));
const stepOf = (id: string, of = facts, keyFile?: string) =>
  connectCommands(of, { keyFile }).find((candidate) => candidate.id === id)!;

/** What OpenSSH itself makes of an entry of `ssh_config`, by lower-case keyword. */
function readBySsh(config: string, host: string): Map<string, string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-ssh-config-'));
  try {
    const file = path.join(folder, 'config');
    writeFileSync(file, config);
    const settings = new Map<string, string[]>();
    for (const line of execFileSync('ssh', ['-G', '-F', file, host], { encoding: 'utf8' }).split('\n')) {
      const [keyword = '', ...words] = line.split(' ');
      settings.set(keyword, [...(settings.get(keyword) ?? []), words.join(' ')]);
    }
    return settings;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const configOf = (keyFile?: string, of = facts) => stepOf('tunnel', of, keyFile).alternatives[0]!;

describe('the tunnel in ssh_config', () => {
  it('is for OpenSSH what the command is', () => {
    const { file, commands } = configOf('~/my keys/id');
    expect([commands?.bash, commands?.cmd]).toEqual(['ssh -fN harbourmgmt', 'ssh -N harbourmgmt']);
    const read = readBySsh(file!.text, 'harbourmgmt');
    expect(read.get('hostname')).toEqual(['harbourmgmt.westeurope.cloudapp.azure.com']);
    expect([read.get('port'), read.get('user')]).toEqual([['2200'], ['jane']]);
    expect(read.get('identityfile')).toEqual(['~/my keys/id']);
    expect(read.get('localforward')).toEqual(['2375 [localhost]:2375']);
  });

  it.each([
    ['/keys/plain', '/keys/plain'],
    ['/keys/a "b" \\c', '/keys/a "b" \\c'],
    ['~\\Downloads\\my key', '~/Downloads/my key'],
    ['C:\\Users\\jane\\id', 'C:/Users/jane/id'],
  ])('takes the path %s of a key', (keyFile, read) => {
    expect(readBySsh(configOf(keyFile).file!.text, 'harbourmgmt').get('identityfile')).toEqual([read]);
  });

  it('keeps the host key of a machine on this computer in a file of its own', () => {
    const at = { host: '127.83.0.1', port: 2200 };
    const local = { ...facts, ssh: facts.ssh.map((entrance) => ({ ...entrance, at })) };
    const read = readBySsh(configOf(undefined, local).file!.text, 'harbourmgmt');
    expect(read.get('hostname')).toEqual(['127.83.0.1']);
    expect(read.get('stricthostkeychecking')).toEqual(['accept-new']);
    expect(read.get('userknownhostsfile')?.join()).toContain('.ssh/slipway-harbourmgmt-');
  });
});

describe('Docker', () => {
  it('can keep the cluster as a context', () => {
    expect(stepOf('docker-host').alternatives[0]!.commands?.powershell).toBe(
      'docker context create harbourmgmt --docker "host=tcp://localhost:2375"\ndocker context use harbourmgmt',
    );
  });

  it('gets a stack file that publishes a port beside the first service’s', () => {
    const { file, explanation } = stepOf('stack');
    expect(file).toEqual({
      name: 'docker-compose.yml',
      text: 'version: "3.8"\nservices:\n  web:\n    image: nginx\n    ports:\n      - "8080:80"\n    deploy:\n      replicas: 2\n',
    });
    expect(explanation).toContain('http://harbouragents.westeurope.cloudapp.azure.com:8080/');
    const hostOnly = stepOf('stack', { ...facts, routingMesh: false }).file!.text;
    expect(hostOnly).toMatch(/published: 8080\n {8}mode: host\n {4}deploy:\n {6}mode: global\n$/);
    const onePort = { ...facts, agentPorts: facts.agentPorts.filter(({ port }) => port === 443) };
    expect(stepOf('stack', onePort).file!.text).toContain('"443:80"');
    expect(stepOf('stack', onePort).notes.join()).toContain('docker service rm web');
  });
});

describe('each step', () => {
  it('says in every shell what its answer looks like', () => {
    for (const step of connectCommands(facts, { keyFile: '~/id' }))
      for (const shell of shells) expect(step.answer[shell], `${step.id} in ${shell}`).not.toBe('');
    expect(stepOf('info').answer.bash).toBe('Swarm: active\n Managers: 3\n Nodes: 7');
  });

  it('explains the options that its command has in a shell', () => {
    const { options, commands } = stepOf('tunnel');
    expect(optionsIn(options, 'bash').map(({ option }) => option)).toEqual(['-f', '-N', '-L', '-p']);
    expect(optionsIn(options, 'powershell').map(({ option }) => option)).toEqual(['-N', '-L', '-p']);
    expect(commands.powershell).not.toContain('-f');
  });

  it('tells what to do when another machine answers', () => {
    const changed = stepOf('tunnel').troubles.find(({ sign }) => sign.includes('IDENTIFICATION HAS CHANGED'));
    expect(changed?.commands?.cmd).toBe('ssh-keygen -R "[harbourmgmt.westeurope.cloudapp.azure.com]:2200"');
    expect(troublesIn(stepOf('key', facts, '~/id').troubles, 'cmd')).toEqual([]);
  });
});

it('the tunnel is closed by a pattern that finds it and not itself', () => {
  const close = stepOf('close').commands;
  const [, pattern = ''] = /'(.+)'/.exec(close.bash) ?? [];
  expect(stepOf('tunnel').commands.bash).toMatch(new RegExp(pattern));
  expect(close.bash).not.toMatch(new RegExp(pattern));
  expect([close.powershell, close.cmd]).toEqual(['Remove-Item Env:DOCKER_HOST', 'set DOCKER_HOST=']);
});
