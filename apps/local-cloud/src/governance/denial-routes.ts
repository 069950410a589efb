import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import { inSubscription, param } from '../resources/call-reading.ts';
import { page } from '../resources/paging.ts';
import { describeDenyAssignment, type Denials } from './denials.ts';
import { guardedRoutes } from './guarded-routes.ts';
import { scopeOfCall, scopePaths, type ScopeParts } from './scopes.ts';

/** Deny assignments, which only stacks make: they can be read. Source: the Authorization API's `DenyAssignments`. */
export function denialRoutes(parts: ScopeParts & { denials: Denials }): ArmRoute[] {
  const { denials } = parts;

  const list = (call: ArmCall): ArmAnswer => {
    const found = denials.list(scopeOfCall(call, parts).id);
    return ok(page(found, ({ id }) => id.toLowerCase(), describeDenyAssignment, { url: call.url }));
  };

  const read = (call: ArmCall): ArmAnswer => {
    const name = param(call, 'denyAssignment').toLowerCase();
    const scopeId = scopeOfCall(call, parts).id;
    const found = denials.list(scopeId).find((denial) => denial.name === name);
    if (found) return ok(describeDenyAssignment(found));
    throw new ArmError(
      404,
      'DenyAssignmentNotFound',
      `The deny assignment '${name.slice(0, 80)}' is not found.`,
    );
  };

  return inSubscription(
    scopePaths.flatMap((scope): ArmRoute[] => {
      const collection = `${scope}/providers/Microsoft.Authorization/denyAssignments`;
      return [
        { path: collection, methods: { GET: list } },
        { path: `${collection}/{denyAssignment}`, methods: { GET: read } },
      ];
    }),
  );
}

/** The same routes, refusing what a stack's deny settings forbid to whoever asks. Azure looks at them before it looks at locks. */
export function guardedByDenials(routes: readonly ArmRoute[], denials: Denials): ArmRoute[] {
  return guardedRoutes(routes, (target, { caller }) => denials.refuse(target, caller));
}
