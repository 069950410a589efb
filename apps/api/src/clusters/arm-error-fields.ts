import type { ArmErrorBody, FieldError } from '@slipway/contract';

/** Which field of the spec an error of ARM is about, told by its code, target or, last, its words. */
const rules: readonly { field: string; code?: RegExp; text?: RegExp }[] = [
  { field: 'master.dnsPrefix', code: /^DnsRecordInUse|^DnsRecordIsReserved|DomainNameLabel/i },
  { field: 'agent.count', code: /^QuotaExceeded$|^ResourceQuotaExceeded$/i },
  { field: 'agent.count', code: /^OperationNotAllowed$/i, text: /quota/i },
  { field: 'agent.machineSize', code: /^SkuNotAvailable$|^InvalidVmSize|VMSizeNot/i },
  {
    field: 'basics.subscriptionId',
    code: /^(?:Invalid)?SubscriptionId?$|^SubscriptionNotFound$|^ReadOnlyDisabledSubscription$/i,
  },
  { field: 'basics.region', code: /^LocationNotAvailable|^InvalidLocation|^NoRegisteredProviderFound$/i },
  { field: 'basics.resourceGroup.name', code: /^ResourceGroup|^InvalidResourceGroup/i },
  { field: 'basics.serviceName', code: /^DeploymentStack(?:Name|InNonTerminalState)/i },
  { field: 'master.sshPublicKey', text: /keyData|ssh public key|sshPublicKey/i },
  { field: 'master.adminUsername', text: /adminUsername/i },
  { field: 'master.dnsPrefix', text: /dnsPrefix|domainNameLabel|DNS label/i },
  { field: 'agent.machineSize', text: /hardwareProfile|vmSize|agentMachineSize|masterMachineSize/i },
  { field: 'agent.count', text: /agentCount|sku\.capacity/i },
  { field: 'master.count', text: /masterCount/i },
  { field: 'network.masterSubnet', text: /masterSubnet/i },
  { field: 'network.agentSubnet', text: /agentSubnet|swarm-subnet/i },
  { field: 'network.addressSpace', code: /^Netcfg|AddressPrefix|AddressSpace/i },
  { field: 'network.addressSpace', text: /addressSpace/i },
  { field: 'tags', code: /^InvalidTag/i },
  { field: 'basics.region', text: /parameter 'location'/i },
];

/** The fields of the spec that an error of ARM names, each with ARM's words; an error that names none gives none. */
export function fieldsOfArmError(error: ArmErrorBody): FieldError[] {
  const fields = new Map<string, FieldError>();
  for (const leaf of leavesOf(error)) {
    const rule = rules.find(
      ({ code, text }) =>
        (code === undefined || code.test(leaf.code)) &&
        (text === undefined || text.test(leaf.target ?? '') || text.test(leaf.message)),
    );
    if (rule && !fields.has(rule.field)) fields.set(rule.field, { path: rule.field, message: leaf.message });
  }
  return [...fields.values()];
}

/** The innermost errors: ARM wraps what a provider said in errors that say only that something failed. */
function leavesOf(error: ArmErrorBody): ArmErrorBody[] {
  return error.details && error.details.length > 0 ? error.details.flatMap(leavesOf) : [error];
}
