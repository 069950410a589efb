import { CLUSTER_TAG } from './names.ts';
import { type CliShell, quotedWord } from './shells.ts';

/** Where a cluster is to be built from files. */
export interface CliTarget {
  subscriptionId: string;
  resourceGroup: string;
  /** The region to make the resource group in; undefined where it is there already. */
  newGroupIn: string | undefined;
  serviceName: string;
  /** Names of the files beside which the command is run. */
  templateFile: string;
  parametersFile: string;
}

/** ARM's limit for a deployment's name; a stack's is longer. */
const LONGEST_DEPLOYMENT_NAME = 64;

/**
 * Commands of the Azure CLI that build a cluster as the portal does: as a deployment stack that owns all of it, with the tag
 * by which the portal knows its clusters.
 */
export function stackCommand(target: CliTarget, shell: CliShell): string {
  return lines(shell, [
    ...groupCommand(target),
    [
      'az stack group create',
      ['--subscription', target.subscriptionId],
      ['--resource-group', target.resourceGroup],
      ['--name', target.serviceName],
      ...filesOf(target),
      // As the portal governs its own: what is no longer in the template goes, and nothing is denied to anybody.
      ['--action-on-unmanage', 'deleteResources'],
      ['--deny-settings-mode', 'none'],
      ['--tags', `${CLUSTER_TAG}=${target.serviceName}`],
    ],
  ]);
}

/** Commands of the Azure CLI that build the same resources without a stack: nothing owns them as one thing. */
export function deploymentCommand(target: CliTarget, shell: CliShell): string {
  return lines(shell, [
    ...groupCommand(target),
    [
      'az deployment group create',
      ['--subscription', target.subscriptionId],
      ['--resource-group', target.resourceGroup],
      ['--name', target.serviceName.slice(0, LONGEST_DEPLOYMENT_NAME)],
      ...filesOf(target),
    ],
  ]);
}

type Command = readonly [program: string, ...options: Option[]];
type Option = readonly [name: string, value: string];

function groupCommand({ subscriptionId, resourceGroup, newGroupIn }: CliTarget): Command[] {
  if (newGroupIn === undefined) return [];
  return [
    [
      'az group create',
      ['--subscription', subscriptionId],
      ['--name', resourceGroup],
      ['--location', newGroupIn],
    ],
  ];
}

const filesOf = ({ templateFile, parametersFile }: CliTarget): Option[] => [
  ['--template-file', templateFile],
  ['--parameters', parametersFile],
];

const CONTINUATIONS: Record<CliShell, string> = { bash: ' \\\n  ', powershell: ' `\n  ' };

const lines = (shell: CliShell, commands: readonly Command[]): string =>
  commands
    .map(([program, ...options]) =>
      [program, ...options.map((option) => optionText(option, shell))].join(CONTINUATIONS[shell]),
    )
    .join('\n\n');

/** A value that begins with a dash would be taken for an option of its own. */
const optionText = ([name, value]: Option, shell: CliShell): string =>
  value.startsWith('-') ? quotedWord(`${name}=${value}`, shell) : `${name} ${quotedWord(value, shell)}`;
