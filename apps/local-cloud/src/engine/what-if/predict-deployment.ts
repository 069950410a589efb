import { TemplateError, type Expansion, type JsonObject, type PlannedResource } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { asArmError } from '../../error-body.ts';
import type { ResourceRecord } from '../../providers/provider.ts';
import { describeListed } from '../../resources/resource-description.ts';
import type { ResourceGroups } from '../../resources/resource-groups.ts';
import type { ResourceGroup } from '../../store/documents.ts';
import { belongsToAnother } from '../complete-mode.ts';
import { deploymentId, type DeploymentPlace } from '../deployment-place.ts';
import { readDeploymentRequest } from '../deployment-request.ts';
import { hasUnresolved, isDeploymentType, isGroupType, placeOf, type Planner } from '../planner.ts';
import { inDependencyOrder } from './dependency-order.ts';
import { predictGovernance } from './governance-prediction.ts';
import { predictGroup } from './group-prediction.ts';
import { standInFor } from './hidden-values.ts';
import {
  reasonOf,
  ResourcePredictions,
  type PlannedBody,
  type PredictionParts,
  type Twin,
} from './resource-predictions.ts';
import type { WhatIfChange, WhatIfDiagnostic } from './what-if-change.ts';

/** Azure's bounds of a what-if, and our own of time and size, within which one keeps the process busy. */
const limits = { nestedDeployments: 500, groups: 800, milliseconds: 5_000, characters: 16 * 1024 * 1024 };

/** A deployment to be foreseen. */
interface Level {
  place: DeploymentPlace;
  group: ResourceGroup | undefined;
  expansion: Expansion;
  /** The same, expanded with other secrets. */
  twin: Expansion | 'same' | undefined;
}

/** A deployment that was validated, and what it is made of. */
export interface AskedDeployment {
  place: DeploymentPlace;
  expansion: Expansion;
  template: JsonObject[string];
  parameters: JsonObject;
  mode: 'Incremental' | 'Complete';
  seed: string;
}

/** What a deployment would do, with everything nested in it. */
export interface PredictedDeployment {
  changes: WhatIfChange[];
  diagnostics: WhatIfDiagnostic[];
}

/** Foresees a validated deployment; see `ResourcePredictions`. Nothing is written. */
export function predictDeployment(
  asked: AskedDeployment,
  parts: PredictionParts & { planner: Planner; groups: ResourceGroups },
): PredictedDeployment {
  return new DeploymentWalk(asked, parts).predict();
}

class DeploymentWalk {
  readonly #asked: AskedDeployment;
  readonly #parts: PredictionParts & { planner: Planner; groups: ResourceGroups };
  readonly #resources: ResourcePredictions;
  /** In the order of the answer; a change is made when all is foreseen, for resources change one another. */
  readonly #foreseen: (() => WhatIfChange)[] = [];
  /** Groups into which something is deployed, by lower-case name; those that the deployment makes among them. */
  readonly #groups = new Map<string, ResourceGroup>();
  readonly #visited = new Set<string>();
  readonly #endsAt = performance.now() + limits.milliseconds;
  #charactersLeft = limits.characters;
  #nestedLeft = limits.nestedDeployments;
  #isCut = false;

  constructor(asked: AskedDeployment, parts: PredictionParts & { planner: Planner; groups: ResourceGroups }) {
    this.#asked = asked;
    this.#parts = parts;
    this.#resources = new ResourcePredictions(parts);
  }

  predict(): PredictedDeployment {
    const { place, expansion, template, parameters } = this.#asked;
    const group = place.resourceGroup === undefined ? undefined : this.#group(place.resourceGroup);
    const twin = hasSecrets(expansion) ? this.#twin(place, group, { template, parameters }) : 'same';
    this.#walk({ place, group, expansion, twin });
    return {
      changes: [...this.#foreseen.map((change) => change()), ...this.#ignored()],
      diagnostics: this.#resources.diagnostics,
    };
  }

  #walk(level: Level): void {
    const active = level.expansion.resources.filter((resource) => resource.condition);
    const planned = [
      ...active.filter(({ type }) => isGroupType(type)),
      ...active.filter(({ type }) => !isGroupType(type)),
    ];
    this.#resources.plan(planned.map(({ id }) => id));
    const { resourceGroup } = level.place;
    if (resourceGroup !== undefined) this.#visited.add(resourceGroup.toLowerCase());
    const of = deploymentId(level.place);
    const twins = level.twin === 'same' ? 'same' : level.twin && byId(level.twin);
    for (const resource of inDependencyOrder(planned)) {
      if (this.#hasRoom())
        this.#foresee(of, resource, twins === 'same' ? 'same' : twins?.get(resource.id.toLowerCase()));
      else {
        this.#cut();
        this.#note(of, resource, () => ({ resourceId: resource.id, changeType: 'Ignore' }));
      }
    }
  }

  #foresee(of: string, resource: PlannedResource, twin: Twin): void {
    let mayHoldSecrets = true;
    try {
      const body = this.#resources.bodyOf(resource, twin);
      ({ mayHoldSecrets } = body);
      this.#charactersLeft -= body.size;
      if (isDeploymentType(resource.type)) this.#walkNested(of, resource, body);
      else if (isGroupType(resource.type)) this.#foreseeGroup(of, resource, body);
      else {
        const governance = predictGovernance(resource, body, this.#parts);
        const change = governance ?? this.#resources.predict(resource, body, this.#groupOf(resource));
        this.#note(of, resource, change);
      }
    } catch (error) {
      // The validation knew less: with what is known now the resource makes no sense.
      const { code, message } = asArmError(error);
      this.#unsupported(of, resource, code, reasonOf(code, message, mayHoldSecrets));
    }
  }

  #foreseeGroup(of: string, resource: PlannedResource, body: PlannedBody): void {
    const existing = this.#parts.groups.find(resource.subscriptionId, resource.name);
    const { group, change } = predictGroup(resource, body, existing);
    this.#groups.set(group.name.toLowerCase(), group);
    this.#note(of, resource, () => change);
  }

  #walkNested(of: string, resource: PlannedResource, body: PlannedBody): void {
    this.#nestedLeft -= 1;
    if (this.#nestedLeft < 0) {
      this.#cut();
      return;
    }
    const request = readDeploymentRequest(body.actual);
    if (hasUnresolved(request.parameters)) {
      const reason = `The nested deployment '${resource.name}' has parameters that only the running deployment can evaluate, so what is in it cannot be foreseen.`;
      // Azure's own code, in its own spelling: clients look for it.
      this.#unsupported(of, resource, 'NestedDeploymentShortCircuited', reason);
      return;
    }
    const place = placeOf(resource, request.location);
    const group = this.#groupOf(resource);
    const expansion = this.#parts.planner.expandIn(place, group, { ...request, seed: this.#asked.seed });
    const isOpen = !body.mayHoldSecrets && !hasSecrets(expansion);
    this.#walk({
      place,
      group,
      expansion,
      twin: isOpen ? 'same' : this.#nestedTwin(place, group, body.twin),
    });
  }

  #nestedTwin(
    place: DeploymentPlace,
    group: ResourceGroup | undefined,
    body: JsonObject | undefined,
  ): Expansion | undefined {
    if (body === undefined) return undefined;
    try {
      return this.#twin(place, group, readDeploymentRequest(body));
    } catch (error) {
      if (error instanceof ArmError) return undefined;
      throw error;
    }
  }

  /** The same deployment with other secrets; `undefined` where it makes no sense with them. */
  #twin(
    place: DeploymentPlace,
    group: ResourceGroup | undefined,
    { template, parameters }: Pick<AskedDeployment, 'template' | 'parameters'>,
  ): Expansion | undefined {
    const { seed } = this.#asked;
    try {
      return this.#parts.planner.expandIn(place, group, {
        template,
        parameters,
        seed,
        standIn: standInFor,
      });
    } catch (error) {
      if (error instanceof TemplateError) return undefined;
      throw error;
    }
  }

  #group(name: string): ResourceGroup | undefined {
    return (
      this.#groups.get(name.toLowerCase()) ?? this.#parts.groups.find(this.#asked.place.subscriptionId, name)
    );
  }

  #groupOf({ resourceGroup }: PlannedResource): ResourceGroup | undefined {
    return resourceGroup === undefined ? undefined : this.#group(resourceGroup);
  }

  /**
   * What is in the groups that are deployed into, and not deployed: nothing happens to it, but in complete mode it goes from
   * the group of the deployment itself, where no lock holds it.
   */
  #ignored(): WhatIfChange[] {
    const { place, mode } = this.#asked;
    const { subscriptionId } = place;
    const goes = (record: ResourceRecord, group: string): boolean =>
      mode === 'Complete' &&
      !belongsToAnother(record) &&
      group === place.resourceGroup?.toLowerCase() &&
      !this.#parts.locks.isDeleteRefused(record.id);
    return [...this.#visited].flatMap((resourceGroup) =>
      this.#parts.view
        .list({ subscriptionId, resourceGroup })
        .filter(({ id, listed }) => listed && !this.#resources.isPlanned(id))
        .map((record): WhatIfChange => {
          const now = describeListed(record, new Set());
          if (goes(record, resourceGroup))
            return { resourceId: record.id, changeType: 'Delete', before: now };
          return { resourceId: record.id, changeType: 'Ignore', before: now, after: now };
        }),
    );
  }

  #hasRoom(): boolean {
    return (
      this.#charactersLeft > 0 &&
      performance.now() < this.#endsAt &&
      this.#visited.size <= limits.groups &&
      this.#nestedLeft >= 0
    );
  }

  #cut(): void {
    if (this.#isCut) return;
    this.#isCut = true;
    this.#warn(
      deploymentId(this.#asked.place),
      'WhatIfLimitExceeded',
      'The deployment is too large to be foreseen as a whole: what is left of it is reported as Ignore, or not at all.',
    );
  }

  #note(of: string, { symbolicName }: PlannedResource, change: () => WhatIfChange): void {
    this.#foreseen.push(() => {
      const { resourceId, ...rest } = change();
      const origin = { deploymentId: of, ...(symbolicName === undefined ? {} : { symbolicName }) };
      return { resourceId, ...origin, ...rest };
    });
  }

  #unsupported(of: string, resource: PlannedResource, code: string, unsupportedReason: string): void {
    const { id: resourceId } = resource;
    this.#note(of, resource, () => ({ resourceId, changeType: 'Unsupported', unsupportedReason }));
    this.#warn(resourceId, code, unsupportedReason);
  }

  #warn(target: string, code: string, message: string): void {
    this.#resources.diagnostics.push({ level: 'Warning', code, message, target });
  }
}

const hasSecrets = ({ parameters }: Expansion): boolean =>
  Object.values(parameters).some(({ secure }) => secure);

const byId = ({ resources }: Expansion): ReadonlyMap<string, PlannedResource> =>
  new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
