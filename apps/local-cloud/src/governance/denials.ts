import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { CallTarget } from '../resources/call-target.ts';
import type { DenyAssignment, Stack } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { arrayAt, booleanAt, sameText, textAt } from '../providers/json-reading.ts';
import { guidFor } from '../providers/generic/derived-ids.ts';

/** Of what a stack forbids, these actions are always left out. Source: the deployment stacks' `DenySettings`. */
const neverDenied = ['Microsoft.Authorization/locks/delete'];

/**
 * The deny assignments that stacks put on what they manage, and what they forbid: `denyDelete` deletes, and
 * `denyWriteAndDelete` everything but reads, to everybody but some principals and but some actions. A stack itself is not held to its own.
 */
export class Denials {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Replaces what a stack forbids by what its settings say of all that it manages now. */
  update(stack: Pick<Stack, 'id' | 'denySettings' | 'resources'>): void {
    for (const denial of this.#all())
      if (sameText(denial.stackId, stack.id)) this.#store.denyAssignments.remove(denial.id.toLowerCase());
    const { denySettings: settings } = stack;
    const mode = textAt(settings, 'mode');
    if (mode !== 'denyDelete' && mode !== 'denyWriteAndDelete') return;
    for (const scopeId of stack.resources) {
      const name = guidFor(scopeId, `deny assignment of ${stack.id}`);
      this.#store.denyAssignments.put({
        id: `${scopeId}/providers/Microsoft.Authorization/denyAssignments/${name}`,
        name,
        scopeId,
        stackId: stack.id,
        mode,
        excludedActions: [...textsAt(settings, 'excludedActions'), ...neverDenied],
        excludedPrincipals: textsAt(settings, 'excludedPrincipals'),
        appliesToChildScopes: booleanAt(settings, 'applyToChildScopes') === true,
      });
    }
  }

  /** Those at a scope, and those above and under it. */
  list(scopeId: string): DenyAssignment[] {
    const scope = scopeId.toLowerCase();
    return this.#all().filter((denial) => {
      const own = denial.scopeId.toLowerCase();
      return own === scope || own.startsWith(`${scope}/`) || scope.startsWith(`${own}/`);
    });
  }

  #all(): DenyAssignment[] {
    return this.#store.denyAssignments.inState('denyDelete', 'denyWriteAndDelete');
  }

  /**
   * Throws DenyAssignmentAuthorizationFailed where `caller` must not do this. `stackId` is that of the stack whose work it is.
   */
  refuse(target: CallTarget, caller: string, stackId?: string): void {
    const action = `${target.type}/${target.verb}`;
    const found = scopesOf(target.id)
      .flatMap((scope) => this.#store.denyAssignments.inScope(scope))
      .find(
        (denial) =>
          !sameText(denial.stackId, stackId) &&
          isDenied(denial, target, action) &&
          !denial.excludedPrincipals.some((principal) => sameText(principal, caller)),
      );
    if (found === undefined) return;
    throw new ArmError(
      403,
      'DenyAssignmentAuthorizationFailed',
      `The client '${caller}' with object id '${caller}' has permission to perform action '${action}' on scope '${target.id}'; however, the access is denied because of the deny assignment with name '${nameOf(found)}' and Id '${found.name}' at scope '${found.scopeId}'.`,
    );
  }
}

/** A deny assignment as ARM returns it. */
export function describeDenyAssignment(denial: DenyAssignment): JsonObject {
  return {
    id: denial.id,
    name: denial.name,
    type: 'Microsoft.Authorization/denyAssignments',
    properties: {
      denyAssignmentName: nameOf(denial),
      description: `Created by Deployment Stack '${denial.stackId}'.`,
      permissions: [
        {
          actions: [denial.mode === 'denyDelete' ? '*/delete' : '*'],
          notActions: [...denial.excludedActions, ...(denial.mode === 'denyDelete' ? [] : ['*/read'])],
          dataActions: [],
          notDataActions: [],
        },
      ],
      scope: denial.scopeId,
      doNotApplyToChildScopes: !denial.appliesToChildScopes,
      principals: [
        { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined', displayName: 'All Principals' },
      ],
      excludePrincipals: denial.excludedPrincipals.map((id) => ({ id, type: 'ServicePrincipal' })),
      isSystemProtected: true,
    },
  };
}

const nameOf = ({ name, stackId }: DenyAssignment): string =>
  `Deny assignment '${name}' created by Deployment Stack '${stackId}'.`;

const textsAt = (object: JsonObject, member: string): string[] =>
  arrayAt(object, member).filter((value) => typeof value === 'string');

function isDenied(denial: DenyAssignment, { id, verb }: CallTarget, action: string): boolean {
  if (!sameText(denial.scopeId, id) && !denial.appliesToChildScopes) return false;
  if (denial.mode === 'denyDelete' && verb !== 'delete') return false;
  return !denial.excludedActions.some((pattern) => matches(pattern, action));
}

/** Whether a pattern of actions, in which `*` stands for anything, has this action. */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = action.toLowerCase();
  const [first = ''] = parts;
  if (parts.length === 1) return text === first;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** An id and all that it lies under, in lower case: also those texts between that are no ids, at which there is nothing. */
function scopesOf(id: string): string[] {
  const segments = id.toLowerCase().split('/');
  return segments.map((_, index) => segments.slice(0, index + 1).join('/')).filter((scope) => scope !== '');
}
