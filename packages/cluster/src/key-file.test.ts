import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectCommands } from './connect-commands.ts';
import { deployed, factsOf } from './connect.test-support.ts';
import { readKeyFile } from './key-file.ts';
import type { Shell } from './shells.ts';

const onAzure = factsOf(deployed(1));
const onThisComputer = factsOf(
  deployed(1, (name) => name, {
    mip: { localEndpoints: [{ protocol: 'Tcp', port: 2200, address: '127.83.0.1', localPort: 2200 }] },
  }),
);
const command = (keyFile: string, id: string, shell: Shell, facts = onAzure): string =>
  connectCommands(facts, { keyFile }).find((step) => step.id === id)!.commands[shell];

describe('the path of a private key', () => {
  it('adds a first step and goes into every ssh command', () => {
    const steps = connectCommands(onAzure, { keyFile: '~/.ssh/harbour' });
    expect(steps[0]).toMatchObject({ id: 'key', title: 'Let only you read the key' });
    expect(connectCommands(onAzure).map(({ id }) => id)).toEqual(steps.slice(1).map(({ id }) => id));
    const lines = steps
      .flatMap(({ commands }) => commands.bash.split('\n'))
      .filter((line) => line.startsWith('ssh '));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toContain(' -i ~/.ssh/harbour ');
  });

  it.each([
    ['C:\\Users\\jane\\.ssh\\harbour', 'C:\\Users\\jane\\.ssh\\harbour', 'C:\\Users\\jane\\.ssh\\harbour'],
    ['C:\\my keys\\id & co', `'C:\\my keys\\id & co'`, '"C:\\my keys\\id & co"'],
    ['"C:\\my keys\\harbour"', `'C:\\my keys\\harbour'`, '"C:\\my keys\\harbour"'],
    ["D:\\jane's ‘best’ $keys", "'D:\\jane''s ‘‘best’’ $keys'", '"D:\\jane\'s ‘best’ $keys"'],
    ['~/.ssh/harbour', '"$HOME\\.ssh\\harbour"', '"%USERPROFILE%\\.ssh\\harbour"'],
    ['%USERPROFILE%\\Downloads\\a b', '"$HOME\\Downloads\\a b"', '"%USERPROFILE%\\Downloads\\a b"'],
    ['$env:USERPROFILE\\$(calc) `x” "', '"$HOME\\`$(calc) ``x`” `""', '"%USERPROFILE%\\$(calc) `x” "'],
    ['a" & calc & "b', `'a" & calc & "b'`, '"a & calc & b"'],
  ])('%s is one word of PowerShell and of CMD', (typed, powershell, cmd) => {
    expect(command(typed, 'tunnel', 'powershell')).toContain(` -i ${powershell} jane@`);
    expect(command(typed, 'tunnel', 'cmd')).toContain(` -i ${cmd} jane@`);
    expect(command(typed, 'key', 'powershell')).toBe(
      `icacls ${powershell} /inheritance:r /grant:r "\${env:USERNAME}:R"`,
    );
    expect(command(typed, 'key', 'cmd')).toBe(`icacls ${cmd} /inheritance:r /grant:r "%USERNAME%:R"`);
  });

  it.each([
    ['', 'empty'],
    ['""', 'empty'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----b3BlbnNzaC1rZXktdjEAAAAA', 'key'],
    ['some PRIVATE KEY', 'key'],
    ['first line\nsecond line', 'key'],
    ['PuTTY-User-Key-File-3: ssh-ed25519', 'key'],
    ['b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ', 'key'],
    ['a\tb', 'path'],
    [`/${'x'.repeat(5000)}`, 'path'],
    ['~/.ssh/id_ed25519.pub', 'path'],
    ['/keys/100%/id', 'path'],
    ['/keys/${USER}', 'path'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(readKeyFile(typed)).toMatchObject({ accepted: false, reason });
    expect(connectCommands(onAzure, { keyFile: typed })).toEqual(connectCommands(onAzure));
  });
});

describe('the commands in a real Bash', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway connect '));
    for (const name of ['ssh', 'chmod']) {
      const stub = join(folder, name);
      writeFileSync(stub, `#!/bin/sh\nprintf '%s\\0' ${name} "$@" >> "$SAID"\n`);
      chmodSync(stub, 0o755);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the programs of a command are called with. */
  function run(text: string): string[] {
    const said = join(folder, 'said');
    rmSync(said, { force: true });
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', text], {
      env: { PATH: `${folder}:${process.env['PATH']}`, HOME: '/home/jane doe', SAID: said },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return readFileSync(said, 'utf8').split('\0').slice(0, -1);
  }

  it.each([
    ['/keys/harbour', '/keys/harbour'],
    ['/my keys/it\'s "mine" $HOME `id` $(id) \\ ; & | * ? # !', undefined],
    ['~/.ssh/harbour', '/home/jane doe/.ssh/harbour'],
    ['~/my keys/*', '/home/jane doe/my keys/*'],
    ['$HOME/keys/id', '/home/jane doe/keys/id'],
    ['%USERPROFILE%\\.ssh\\id', '/home/jane doe/.ssh/id'],
    ['~jane/id', '~jane/id'],
    ['-oProxyCommand=id', './-oProxyCommand=id'],
    ['Ключи/мой', 'Ключи/мой'],
    ['"/quoted/path"', '/quoted/path'],
  ])('hand over %s exactly', (typed, arrives = typed) => {
    expect(run(command(typed, 'key', 'bash'))).toEqual(['chmod', '600', arrives]);
    expect(run(command(typed, 'tunnel', 'bash'))).toEqual(
      ['ssh', '-fNL', '2375:localhost:2375', '-p', '2200', '-i', arrives].concat(
        'jane@harbourmgmt.westeurope.cloudapp.azure.com',
      ),
    );
  });

  it('leave the home folder in the file of host keys to ssh, which takes a list there', () => {
    const words = run(command('~/id', 'tunnel', 'bash', onThisComputer));
    expect(words.slice(5)).toEqual([
      '-i',
      '/home/jane doe/id',
      '-o',
      'StrictHostKeyChecking=accept-new',
      '-o',
      'UserKnownHostsFile=~/.ssh/slipway-harbourmgmt-a0b1c2d0',
      'jane@127.83.0.1',
    ]);
  });

  it('are options that the OpenSSH of this computer understands', ({ skip }) => {
    if (spawnSync('ssh', ['-V']).error) skip('There is no ssh here.');
    const words = command('', 'ssh', 'bash', onThisComputer).replace(/^ssh /, 'ssh -G -F none ');
    const { stdout, status } = spawnSync('bash', ['-c', words], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^hostname 127\.83\.0\.1$/m);
    expect(stdout).toMatch(/^stricthostkeychecking accept-new$/m);
    expect(stdout).toMatch(/^userknownhostsfile \S*\/\.ssh\/slipway-harbourmgmt-a0b1c2d0$/m);
  });
});
