import type { FormStep } from './wizard-steps.ts';

/** Every field of the wizard, by the path of its value in the spec; errors of the API name the same paths. */
export const fieldPaths = [
  'basics.serviceName',
  'basics.subscriptionId',
  'basics.resourceGroup.name',
  'basics.region',
  'network.addressSpace',
  'network.masterSubnet',
  'network.agentSubnet',
  'tags',
  'master.orchestrator',
  'master.dnsPrefix',
  'master.adminUsername',
  'master.sshPublicKey',
  'master.count',
  'agent.count',
  'agent.machineSize',
] as const;
export type FieldPath = (typeof fieldPaths)[number];

export const fieldLabels: Record<FieldPath, string> = {
  'basics.serviceName': 'Service name',
  'basics.subscriptionId': 'Subscription',
  'basics.resourceGroup.name': 'Resource group',
  'basics.region': 'Region',
  'network.addressSpace': 'Address space',
  'network.masterSubnet': "Masters' subnet",
  'network.agentSubnet': "Agents' subnet",
  tags: 'Tags',
  'master.orchestrator': 'Orchestrator',
  'master.dnsPrefix': 'DNS name prefix',
  'master.adminUsername': 'User name',
  'master.sshPublicKey': 'SSH public key',
  'master.count': 'Master count',
  'agent.count': 'Agent count',
  'agent.machineSize': 'Machine size',
};

const stepOfGroup: Record<string, FormStep> = {
  basics: 'basics',
  network: 'basics',
  tags: 'basics',
  master: 'master',
  agent: 'agent',
};

/** The blade that shows a field. */
export function stepOf(path: FieldPath): FormStep {
  return stepOfGroup[path.split('.', 1)[0] ?? ''] ?? 'basics';
}

export const fieldsOf = (step: FormStep): readonly FieldPath[] =>
  fieldPaths.filter((path) => stepOf(path) === step);

/** The element that holds a field's value: where the focus goes when the field needs attention. */
export const fieldElementId = (path: FieldPath): string => `field-${path.replaceAll('.', '-')}`;

/**
 * The field that an error of the API is about: the field of that path, or of the nearest path above or below
 * (`basics.resourceGroup` is about the field of its name); undefined when the path is no field's.
 */
export function fieldOfPath(path: string): FieldPath | undefined {
  const spec = path.replace(/^spec\./, '');
  return (
    fieldPaths.find((field) => field === spec) ??
    fieldPaths.find((field) => field.startsWith(`${spec}.`) && spec.includes('.')) ??
    fieldPaths.find((field) => spec.startsWith(`${field}.`)) ??
    (spec.startsWith('basics.resourceGroup') ? 'basics.resourceGroup.name' : undefined)
  );
}
