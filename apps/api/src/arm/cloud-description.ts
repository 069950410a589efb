import type { CloudDescription } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import { withTimeLimit } from '../concurrency.ts';
import { CredentialFailure, armCall, explainArmFailure } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { noneWithin } from './kept-credential.ts';
import { readLocalMetadata } from './local-cloud-access.ts';

/** The page that shows the cloud waits for this; a slow credential is found when it is reloaded. */
const credentialLimitMs = 5_000;

/** What only the cloud itself knows: its DNS suffix, and what stands behind the VMs and whether that is ready. */
export type CloudFacts = Pick<CloudDescription, 'dnsSuffix' | 'machines' | 'pace' | 'preparation'>;

/** Reads the cloud's facts. Throws `CloudUnreachable` while a local cloud does not answer. */
export async function readCloudFacts(arm: Arm): Promise<CloudFacts> {
  if (arm.kind === 'azure') return { dnsSuffix: 'cloudapp.azure.com', machines: 'azure' };
  return armCall(async () => {
    const certificate = (await arm.certificate()) ?? '';
    return readLocalMetadata({ endpoint: arm.endpoint, certificate, timeLimitMs: arm.timeLimitMs });
  });
}

/**
 * Which cloud the backend talks to. `problem` says in one sentence why it cannot be used, with the remedy; where the
 * cloud does not answer, its DNS suffix is left empty.
 */
export async function describeCloud(arm: Arm): Promise<CloudDescription> {
  const [facts, credential] = await Promise.allSettled([
    readCloudFacts(arm),
    withTimeLimit(
      arm.checkCredential(),
      credentialLimitMs,
      () => new CredentialFailure(noneWithin(credentialLimitMs)),
    ),
  ]);
  const problem = [facts, credential].find((result) => result.status === 'rejected');
  return {
    kind: arm.kind,
    displayName: arm.kind === 'azure' ? 'Azure' : 'Local cloud',
    armEndpoint: arm.endpoint,
    ...(facts.status === 'fulfilled' ? facts.value : { dnsSuffix: '', machines: 'simulated' }),
    ...(problem ? { problem: problemSentence(arm, explainArmFailure(problem.reason)) } : {}),
  };
}

function problemSentence(arm: Arm, error: unknown): string {
  if (error instanceof ApiError && error.code === 'CredentialUnavailable')
    return arm.kind === 'azure'
      ? `${error.message.replace(/\.$/, '')}: sign in on the computer that runs the portal, for example with "az login", then reload this page.`
      : error.message;
  return arm.kind === 'azure'
    ? `Azure cannot be reached at ${arm.endpoint}: check the network of the computer that runs the portal, then reload this page.`
    : `The local cloud does not answer at ${arm.endpoint}: wait until it has started, or start it again with "npm start".`;
}
