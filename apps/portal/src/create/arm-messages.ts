import type { ArmErrorBody } from '@slipway/contract';

/** The innermost errors of ARM's answer: the outer ones only say that there are details. */
export function armMessages(error: ArmErrorBody): { code: string; message: string }[] {
  const inner = (error.details ?? []).flatMap(armMessages);
  return inner.length > 0 ? inner : [{ code: error.code, message: error.message }];
}
