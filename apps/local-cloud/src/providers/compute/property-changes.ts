import type { JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { sameJson } from '../json-reading.ts';

/** Refuses another value for a property that is fixed when a resource is made; a value left out changes nothing. */
export function refuseChange(
  property: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): void {
  if (after === undefined || sameJson(before, after)) return;
  throw new ArmError(409, 'PropertyChangeNotAllowed', `Changing property '${property}' is not allowed.`, {
    target: property,
  });
}

/** The same for texts that ARM compares without regard to case, such as ids. */
export function refuseTextChange(
  property: string,
  before: string | undefined,
  after: string | undefined,
): void {
  refuseChange(property, before?.toLowerCase(), after?.toLowerCase());
}
