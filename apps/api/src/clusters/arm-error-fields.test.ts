import { describe, expect, it } from 'vitest';
import { fieldsOfArmError } from './arm-error-fields.ts';

describe('fieldsOfArmError', () => {
  it.each([
    [
      'DnsRecordInUse',
      'DNS record webmgmt.westeurope is already used by another public IP.',
      'master.dnsPrefix',
    ],
    [
      'QuotaExceeded',
      'Operation could not be completed as it results in exceeding approved quota.',
      'agent.count',
    ],
    ['OperationNotAllowed', 'Operation results in exceeding quota limits of Core.', 'agent.count'],
    ['SkuNotAvailable', 'The requested size is currently not available in location.', 'agent.machineSize'],
    ['SubscriptionNotFound', "The subscription 'x' could not be found.", 'basics.subscriptionId'],
    ['LocationNotAvailableForResourceGroup', "The provided location 'x' is not available.", 'basics.region'],
    [
      'InvalidParameter',
      'The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.',
      'master.sshPublicKey',
    ],
    [
      'InvalidParameter',
      'The Admin Username (adminUsername) specified is not allowed.',
      'master.adminUsername',
    ],
    ['DeploymentStackInNonTerminalState', 'The stack is being changed.', 'basics.serviceName'],
  ])('reads %s as the field it is about', (code, message, path) => {
    expect(fieldsOfArmError({ code, message })).toEqual([{ path, message }]);
  });

  it('looks through the errors that only wrap others, and names each field once', () => {
    const quota = { code: 'QuotaExceeded', message: 'Too many cores.' };
    const wrapped = {
      code: 'InvalidTemplateDeployment',
      message: 'See inner errors for details.',
      details: [
        { code: 'DeploymentFailed', message: 'At least one failed.', details: [quota, quota] },
        { code: 'DnsRecordInUse', message: 'Taken.' },
      ],
    };
    expect(fieldsOfArmError(wrapped).map(({ path }) => path)).toEqual(['agent.count', 'master.dnsPrefix']);
  });

  it('blames no field for an error that names none', () => {
    expect(fieldsOfArmError({ code: 'OperationNotAllowed', message: 'Not now.' })).toEqual([]);
    expect(fieldsOfArmError({ code: 'InternalServerError', message: 'Oops.' })).toEqual([]);
  });
});
