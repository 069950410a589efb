import type { JsonObject } from '@slipway/arm-template';
import type { ErrorBody } from '../error-body.ts';
import { objectAt, textAt } from '../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import type { PowerAction } from './machine-driver.ts';

/** A machine's power as Azure's instance views word it. Source: "States and billing status of Azure Virtual Machines". */
export type PowerState = 'starting' | 'running' | 'stopping' | 'stopped' | 'deallocating' | 'deallocated';

/** Azure knows no state of its own for a restart: what is being restarted is starting. */
const stateDuring: Readonly<Record<PowerAction, PowerState>> = {
  start: 'starting',
  restart: 'starting',
  powerOff: 'stopping',
  deallocate: 'deallocating',
};

const stateAfter: Readonly<Record<PowerAction, PowerState>> = {
  start: 'running',
  restart: 'running',
  powerOff: 'stopped',
  deallocate: 'deallocated',
};

/**
 * The power of a VM or a scale-set instance: what is being done to it, else what was done to it last; and `stopped` for
 * one that should run and does not.
 */
export function powerStateOf(record: ResourceRecord, { machines }: Pick<CloudView, 'machines'>): PowerState {
  if (record.provisioningState === 'Creating') return 'starting';
  const action = textAt(record.secrets, 'powerAction');
  if (isPowerAction(action)) return stateDuring[action];
  const power = textAt(record.secrets, 'power');
  if (power === 'stopped' || power === 'deallocated') return power;
  return machines.state(record.id) === 'running' ? 'running' : 'stopped';
}

const isPowerAction = (text: string | undefined): text is PowerAction =>
  text !== undefined && Object.hasOwn(stateDuring, text);

/** A machine's secrets while an action on it is under way. */
export function withPowerAction(secrets: JsonObject, action: PowerAction): JsonObject {
  return { ...secrets, powerAction: action };
}

/** A machine's secrets once no action on it is under way any more. */
export function withoutPowerAction(secrets: JsonObject): JsonObject {
  const { powerAction: _action, ...others } = secrets;
  return others;
}

/**
 * A machine's secrets after an action that has succeeded; what is deallocated is not made to take up its place again by a
 * stop.
 */
export function withPowerAfter(secrets: JsonObject, action: PowerAction | undefined): JsonObject {
  if (action === undefined) return secrets;
  const isStillDeallocated = action === 'powerOff' && textAt(secrets, 'power') === 'deallocated';
  return { ...secrets, power: isStillDeallocated ? 'deallocated' : stateAfter[action] };
}

/** A machine's secrets after an action that has failed; `etag` is the machine's own then. */
export function withActionFailure(
  secrets: JsonObject,
  etag: string,
  { code, message }: ErrorBody,
): JsonObject {
  return { ...secrets, actionFailure: { etag, code, message } };
}

/** Why the last action on a machine failed; `undefined` where it did not, or once the machine has changed since. */
export function actionFailureOf(record: ResourceRecord): { code: string; message: string } | undefined {
  const failure = objectAt(record.secrets, 'actionFailure');
  if (record.provisioningState !== 'Failed' || textAt(failure, 'etag') !== record.etag) return undefined;
  return { code: textAt(failure, 'code') ?? '', message: textAt(failure, 'message') ?? '' };
}
