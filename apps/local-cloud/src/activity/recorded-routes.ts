import { ArmError } from '../arm-error.ts';
import { secretsInBody } from '../engine/secret-texts.ts';
import { asArmError, errorBody } from '../error-body.ts';
import type { ArmAnswer, ArmCall, ArmHandler, ArmRoute } from '../front/arm-call.ts';
import { wrappedRoutes } from '../front/wrapped-routes.ts';
import { targetOfCall } from '../resources/call-target.ts';
import { subscriptionId } from '../resources/places.ts';
import type { ActivityLog, Outcome } from './activity-log.ts';
import { causeOfCall } from './cause.ts';

/** No id of Azure's is longer; requests with longer ones are refused for what they are, and not kept. */
const longestId = 2_048;

/** The same routes, noting in the activity log what each request that changes something asked for and what it got. */
export function recordedRoutes(routes: readonly ArmRoute[], log: ActivityLog): ArmRoute[] {
  const recorded =
    (handler: ArmHandler): ArmHandler =>
    (call) => {
      const target = targetOfCall(call);
      const isOurs = call.params['subscriptionId']?.toLowerCase() === subscriptionId;
      if (target === undefined || !isOurs || target.id.length > longestId) return handler(call);
      const note = (outcome: Outcome): void =>
        log.note(causeOfCall(call), target, { ...outcome, httpRequest: httpRequestOf(call) });
      let answer: ArmAnswer;
      try {
        answer = handler(call);
      } catch (error) {
        const refusal = refusalOf(error);
        note({
          status: 'Failed',
          httpStatus: refusal.status,
          error: errorBody(refusal),
          secrets: secretsInBody(call.body),
        });
        throw error;
      }
      const goesOn = answer.headers?.['azure-asyncoperation'] ?? answer.headers?.['location'];
      note({ status: goesOn === undefined ? 'Succeeded' : 'Accepted', httpStatus: answer.status });
      return answer;
    };
  return wrappedRoutes(routes, recorded);
}

function refusalOf(error: unknown): ArmError {
  try {
    return asArmError(error);
  } catch {
    return new ArmError(500, 'InternalServerError', 'Encountered internal server error.');
  }
}

function httpRequestOf({ method, client }: ArmCall): Outcome['httpRequest'] {
  return {
    method,
    clientIpAddress: client.address,
    ...(client.requestId === undefined ? {} : { clientRequestId: client.requestId }),
  };
}
