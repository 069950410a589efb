import { ArmError } from '../arm-error.ts';
import type { ErrorBody } from '../error-body.ts';
import { subscriptionId } from '../resources/places.ts';
import type { RequestMood, WorkMood } from './mood-set.ts';
import type { MoodyWork } from './moods.ts';

type StatusMood = Extract<RequestMood, { mood: 'status' }>;

/** What a 429 without a time of its own says: Azure always says one. */
const usualRetryAfterSeconds = 1;

/** What `Retry-After` says with an answer of this mood. */
export function retryAfterOf(mood: StatusMood): number | undefined {
  return mood.retryAfterSeconds ?? (mood.status === 429 ? usualRetryAfterSeconds : undefined);
}

/**
 * The error that a mood answers: its own words, or those of Azure for the status. Sources: answers quoted in public
 * issues of Azure's tools, and Azure's page on request limits and throttling.
 */
export function moodError(
  mood: StatusMood,
  request: { method: string; trackingId: string; now: Date },
): ArmError {
  const usual = usualWords(mood, request);
  return new ArmError(mood.status, mood.code ?? usual.code, mood.message ?? usual.message);
}

/** Azure's refusal of more requests than a subscription may have. */
export function requestsThrottled(method: string, waitSeconds: number): ArmError {
  return new ArmError(
    429,
    'SubscriptionRequestsThrottled',
    `Number of '${kindOf(method)}' requests for subscription '${subscriptionId}' actor 'slipway-local' exceeded. Please try again after '${waitSeconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
  );
}

function usualWords(
  mood: StatusMood,
  { method, trackingId, now }: { method: string; trackingId: string; now: Date },
): { code: string; message: string } {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const diagnosis = `Diagnostic information: timestamp '${stamp}', subscription id '${subscriptionId}', tracking id '${trackingId}', request correlation id '${trackingId}'.`;
  switch (mood.status) {
    case 408:
      return { code: 'RequestTimeout', message: `The request timed out. ${diagnosis}` };
    case 429:
      return requestsThrottled(method, retryAfterOf(mood) ?? usualRetryAfterSeconds);
    case 500:
      return {
        code: 'InternalServerError',
        message: `Encountered internal server error. ${diagnosis}`,
      };
    case 502:
      return { code: 'BadGateway', message: `The gateway received an invalid response. ${diagnosis}` };
    case 503:
      return {
        code: 'ServiceUnavailable',
        message: `The service is temporarily unavailable; please try again later. ${diagnosis}`,
      };
    case 504:
      return {
        code: 'GatewayTimeout',
        message:
          'The gateway did not receive a response from the resource provider within the specified time period.',
      };
    default:
      return {
        code: mood.status < 500 ? 'BadRequest' : 'InternalServerError',
        message: `The request failed with status ${mood.status}. ${diagnosis}`,
      };
  }
}

function kindOf(method: string): string {
  if (method === 'GET' || method === 'HEAD') return 'read';
  return method === 'DELETE' ? 'delete' : 'write';
}

/** With what a work ends that a mood lets fail: the mood's own words, or those of Azure for the type. */
export function workError(mood: Extract<WorkMood, { mood: 'fails' }>, work: MoodyWork): ErrorBody {
  if (mood.error) return { code: mood.error.code, message: mood.error.message };
  const [, type = ''] = work.type.toLowerCase().split('/');
  if (work.action === 'write' && work.type.toLowerCase().endsWith('/extensions'))
    return {
      code: 'VMExtensionProvisioningError',
      message: `VM has reported a failure when processing extension '${work.name.split('/').at(-1) ?? ''}'. Error message: 'Enable failed: failed to execute command: command terminated with exit status=1'.`,
    };
  if (work.action === 'write' && type.startsWith('virtualmachine'))
    return {
      code: 'AllocationFailed',
      message:
        'Allocation failed. We do not have sufficient capacity for the requested VM size in this region. Read more about improving likelihood of allocation success at https://aka.ms/allocation-guidance.',
    };
  return {
    code: 'InternalServerError',
    message: `An unexpected error occurred while the resource '${work.name}' was being ${work.action === 'write' ? 'written' : 'deleted'}. Please retry the request.`,
  };
}
