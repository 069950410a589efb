import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import type { Clock } from '../../clock.ts';
import { asFailure, errorBody } from '../../error-body.ts';
import { writeJson } from '../../json-text.ts';
import { errorJson } from '../../resources/long-operations.ts';
import type { ResourceGroups } from '../../resources/resource-groups.ts';
import { checkDeploymentName } from '../deployment-request.ts';
import type { DeploymentPlace } from '../deployment-place.ts';
import type { Planner } from '../planner.ts';
import { maskingErrors } from '../secret-texts.ts';
import { predictDeployment } from './predict-deployment.ts';
import type { PredictionParts } from './resource-predictions.ts';
import type { ChangeType, WhatIfChange } from './what-if-change.ts';
import type { WhatIfRequest } from './what-if-request.ts';

/** So long an answer can be fetched, and so much of all of them is kept: the oldest make room. */
const keptMs = 15 * 60_000;
const mostKept = 100;
const mostCharacters = 48 * 1024 * 1024;

/** A what-if on its way, or its answer. */
interface Kept {
  startedAtMs: number;
  /** As ARM answers it. */
  answer: JsonObject | undefined;
  characters: number;
}

/** Questions of what a deployment would do: each is answered a moment later. Nothing of them is stored. */
export class WhatIfs {
  readonly #parts: PredictionParts & { planner: Planner; groups: ResourceGroups; clock: Clock };
  readonly #kept = new Map<string, Kept>();

  constructor(parts: PredictionParts & { planner: Planner; groups: ResourceGroups; clock: Clock }) {
    this.#parts = parts;
  }

  /**
   * Takes a question and returns the id of its answer. What is wrong with the deployment is part of that, as with Azure;
   * throws only what is wrong with the place.
   */
  ask(place: DeploymentPlace, request: WhatIfRequest, correlationId: string): string {
    checkDeploymentName(place.name);
    this.#parts.planner.requireManagementGroup(place);
    const group =
      place.resourceGroup === undefined
        ? undefined
        : this.#parts.groups.getForWrite(place.subscriptionId, place.resourceGroup);
    const here: DeploymentPlace = {
      ...place,
      ...(group === undefined ? {} : { resourceGroup: group.name }),
      location: request.location,
    };
    const id = randomUUID();
    const { clock } = this.#parts;
    const kept: Kept = { startedAtMs: clock.now().getTime(), answer: undefined, characters: 0 };
    this.#kept.set(id, kept);
    this.#makeRoom();
    clock.schedule(0, () => {
      kept.answer = this.#answer(here, request, correlationId);
      kept.characters = writeJson(kept.answer).length;
      this.#makeRoom();
    });
    return id;
  }

  /** Whether the answer is there, and what it is; `undefined` for an id that is not known, or not any more. */
  find(id: string): { answer: JsonObject | undefined; startedAt: string } | undefined {
    this.#makeRoom();
    const kept = this.#kept.get(id);
    return kept && { answer: kept.answer, startedAt: new Date(kept.startedAtMs).toISOString() };
  }

  #answer(place: DeploymentPlace, request: WhatIfRequest, correlationId: string): JsonObject {
    const { planner, clock } = this.#parts;
    const seed = `${clock.now().toISOString()}|${randomUUID()}`;
    try {
      const known = planner.withSecrets(request);
      const { changes, diagnostics } = maskingErrors(known, () => {
        const { expansion } = planner.validate(place, known, seed);
        return predictDeployment({ place, expansion, ...known, seed }, this.#parts);
      });
      const shown = request.resultFormat === 'ResourceIdOnly' ? changes.map(withoutPayload) : changes;
      return {
        status: 'Succeeded',
        properties: {
          correlationId,
          changes: shown.map((change) => ({ ...change })),
          ...(diagnostics.length === 0 ? {} : { diagnostics: diagnostics.map((item) => ({ ...item })) }),
        },
      };
    } catch (error) {
      return { status: 'Failed', error: errorJson(errorBody(asFailure(error))) };
    }
  }

  #makeRoom(): void {
    const oldest = this.#parts.clock.now().getTime() - keptMs;
    let characters = [...this.#kept.values()].reduce((sum, kept) => sum + kept.characters, 0);
    for (const [id, kept] of this.#kept) {
      const isTooMany = this.#kept.size > mostKept || (characters > mostCharacters && this.#kept.size > 1);
      if (!isTooMany && kept.startedAtMs >= oldest) return;
      this.#kept.delete(id);
      characters -= kept.characters;
    }
  }
}

/** Without payloads nothing tells whether what exists changes: it is deployed. */
function withoutPayload({
  before: _before,
  after: _after,
  delta: _delta,
  ...change
}: WhatIfChange): WhatIfChange {
  const changeType: ChangeType =
    change.changeType === 'Modify' || change.changeType === 'NoChange' ? 'Deploy' : change.changeType;
  return { ...change, changeType };
}
