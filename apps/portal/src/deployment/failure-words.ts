import type { ArmErrorBody, DeploymentHead, DeploymentRow } from '@slipway/contract';
import { displayNameOfType, lowered } from '@slipway/topology';
import { fullResourceName } from '../cluster/resource-name.ts';

/** Why a deployment failed, in words for somebody who does not know ARM's codes. */
export interface Failure {
  /** What could not be made, for example `load balancer master-lb`; absent where the whole could not. */
  what: string | undefined;
  /** ARM's code of the very cause. */
  code: string;
  /** ARM's words for it. */
  message: string;
  /** What to do about it; absent where nothing is known that helps. */
  advice: string | undefined;
}

/** So many are told in words; all of them stand in ARM's own answer. */
const mostFailures = 3;

/** The failures of a deployment, each told by its innermost cause: the outer ones only say that something failed. */
export function failuresOf({
  deployment,
  rows,
}: {
  deployment: DeploymentHead;
  rows: readonly DeploymentRow[];
}): { failures: readonly Failure[]; more: number } {
  if (deployment.state !== 'Failed') return { failures: [], more: 0 };
  const ofRows = rows.flatMap((row): Failure[] =>
    row.state === 'Failed' && row.error ? [failureOf(row.error, row)] : [],
  );
  const all = ofRows.length > 0 || !deployment.error ? ofRows : [failureOf(deployment.error, undefined)];
  return { failures: all.slice(0, mostFailures), more: Math.max(0, all.length - mostFailures) };
}

function failureOf(error: ArmErrorBody, row: DeploymentRow | undefined): Failure {
  const { code, message } = causeOf(error);
  return {
    what: row && `${lowered(displayNameOfType(row.type))} ${fullResourceName(row)}`,
    code,
    message,
    advice: adviceFor(code, message),
  };
}

/** What went wrong at the very bottom of an error. */
export function causeOf(error: ArmErrorBody): ArmErrorBody {
  const inner = error.details?.[0];
  return inner ? causeOf(inner) : error;
}

const advices: readonly { codes: RegExp; advice: string }[] = [
  {
    codes:
      /^(?:SkuNotAvailable|(?:Zonal|Overconstrained)?Allocation(?:Request|Failed).*|OverconstrainedAllocationRequest)$/i,
    advice:
      'There are no machines of this size there at the moment. Choose another size or region, or try later.',
  },
  {
    codes: /^(?:QuotaExceeded|.*(?:CountLimitReached|QuotaLimit).*)$/i,
    advice:
      'The quota of the subscription is used up. Ask for more of it, delete what is not needed, or choose fewer or smaller machines.',
  },
  { codes: /^DnsRecordInUse$/i, advice: 'The DNS name is taken. Choose another DNS name prefix.' },
  {
    codes: /^(?:Linked)?AuthorizationFailed$/i,
    advice:
      'The portal may not do this. Ask an owner of the subscription for the role that the message names.',
  },
  {
    codes: /^RequestDisallowedByPolicy$/i,
    advice: "A policy forbids it. Ask whoever looks after the subscription's policies.",
  },
  { codes: /^ScopeLocked$/i, advice: 'A lock forbids it. Take the lock away and try again.' },
  {
    codes: /^(?:MissingSubscriptionRegistration|NoRegisteredProviderFound)$/i,
    advice: 'The subscription has to be registered for this kind of resource first.',
  },
  {
    codes: /^VMExtension/i,
    advice: 'The machine is there, but could not be set up. Its boot log says what went wrong.',
  },
  {
    codes: /^(?:OSProvisioning|VMStartTimedOut|VMAgentStatus)/i,
    advice: 'The machine did not come up in time. Its boot log may say why; deploying again often helps.',
  },
  {
    codes: /^DeploymentQuotaExceeded$/i,
    advice: 'The history of the resource group is full. Delete deployments from it and deploy again.',
  },
  {
    codes: /^(?:AnotherOperationInProgress|RetryableError|InternalServerError|.*Timeout.*|TooManyRequests)$/i,
    advice: 'This may be over already. Try again in a moment.',
  },
];

function adviceFor(code: string, message: string): string | undefined {
  const known = advices.find(({ codes }) => codes.test(code));
  if (known) return known.advice;
  // Azure answers a used-up quota with a code of many meanings, too.
  return /\bquota\b/i.test(message) ? adviceFor('QuotaExceeded', '') : undefined;
}
