import { execFileSync } from 'node:child_process';
import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CliTarget, deploymentCommand, stackCommand } from './cli-commands.ts';
import { quotedWord } from './shells.ts';

const target: CliTarget = {
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'harbour-group',
  newGroupIn: 'westeurope',
  serviceName: 'harbour',
  templateFile: 'harbour.template.json',
  parametersFile: 'harbour.parameters.json',
};

/** What real shells make of commands: the words of each call of `az`. */
function callsOf(commands: string, shell: string): string[][] {
  const script = `az() { printf '%s\\0' "$@"; printf '\\0'; }\n${commands}\n`;
  const said = execFileSync(shell, ['-c', script], { encoding: 'utf8' });
  return said
    .split('\0\0')
    .filter((call) => call !== '')
    .map((call) => call.split('\0'));
}

const worth = (option: string, value: string): string[] =>
  value.startsWith('-') ? [`${option}=${value}`] : [option, value];

describe('commands of the Azure CLI', () => {
  it('make the group and the stack, as the portal would', () => {
    expect(stackCommand(target, 'bash')).toBe(
      [
        'az group create \\',
        '  --subscription 11111111-2222-3333-4444-555555555555 \\',
        '  --name harbour-group \\',
        '  --location westeurope',
        '',
        'az stack group create \\',
        '  --subscription 11111111-2222-3333-4444-555555555555 \\',
        '  --resource-group harbour-group \\',
        '  --name harbour \\',
        '  --template-file harbour.template.json \\',
        '  --parameters harbour.parameters.json \\',
        '  --action-on-unmanage deleteResources \\',
        '  --deny-settings-mode none \\',
        '  --tags slipway-cluster=harbour',
      ].join('\n'),
    );
  });

  it('go on with a backtick in PowerShell, and make no group that is there', () => {
    expect(deploymentCommand({ ...target, newGroupIn: undefined }, 'powershell')).toBe(
      [
        'az deployment group create `',
        "  --subscription '11111111-2222-3333-4444-555555555555' `",
        '  --resource-group harbour-group `',
        '  --name harbour `',
        '  --template-file harbour.template.json `',
        '  --parameters harbour.parameters.json',
      ].join('\n'),
    );
  });

  it.each(['bash', 'dash'])('are the words that were meant to %s, whatever the names are', (shell) => {
    const hostile = [
      '-rf',
      '--yes',
      '(x)',
      '$(id)',
      '`id`',
      "it's",
      'a b',
      '*',
      '~',
      'a;b&c|d>e',
      '"',
      '\\',
      'two\nlines',
      '#',
      '!x',
      '{a,b}',
      '𝔸é',
    ];
    for (const name of hostile) {
      const of = { ...target, serviceName: name, resourceGroup: name, templateFile: `${name}.json` };
      const [group, stack] = callsOf(stackCommand(of, 'bash'), shell);
      expect(group).toEqual(
        ['group', 'create'].concat(
          worth('--subscription', of.subscriptionId),
          worth('--name', name),
          worth('--location', 'westeurope'),
        ),
      );
      expect(stack).toEqual(
        ['stack', 'group', 'create'].concat(
          worth('--subscription', of.subscriptionId),
          worth('--resource-group', name),
          worth('--name', name),
          worth('--template-file', `${name}.json`),
          worth('--parameters', of.parametersFile),
          worth('--action-on-unmanage', 'deleteResources'),
          worth('--deny-settings-mode', 'none'),
          worth('--tags', `slipway-cluster=${name}`),
        ),
      );
    }
  });
});

describe('a word', () => {
  it('is one word to Bash, whatever is in it', () => {
    assert(
      property(
        array(
          string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
          { minLength: 1 },
        ),
        (texts) => {
          const command = `az ${texts.map((text) => quotedWord(text, 'bash')).join(' ')}`;
          const said = execFileSync('bash', ['-c', `az() { printf '%s\\0' "$@"; }\n${command}\n`], {
            encoding: 'utf8',
          });
          expect(said.split('\0').slice(0, -1)).toEqual(texts);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ['plain', 'plain'],
    ['a.b-c_d', 'a.b-c_d'],
    ['1kb', "'1kb'"],
    ['-a.b', "'-a.b'"],
    ['$x', "'$x'"],
    ["it's", "'it''s'"],
    ['it’s', "'it’’s'"],
    ['(a)', "'(a)'"],
    ['@x', "'@x'"],
    ['', "''"],
  ])('%j is %s to PowerShell', (text, word) => {
    expect(quotedWord(text, 'powershell')).toBe(word);
  });
});
