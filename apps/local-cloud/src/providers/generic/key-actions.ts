import { createHmac } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { parseResourceId } from '../../resource-id.ts';
import { objectAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { regeneratedLabel, regenerationOf } from './key-regeneration.ts';
import { serviceKeys, usualKeys } from './service-keys.ts';

/** Parts that are always there, without anybody making them, once what they belong to is. */
const implied =
  /\/(?:authorizationRules\/RootManageSharedAccessKey|sites\/[^/]+\/(?:slots\/[^/]+\/)?(?:config|host|functions)\/[^/]+|workflows\/[^/]+\/triggers\/[^/]+|IotHubs\/[^/]+\/IotHubKeys\/[^/]+|provisioningServices\/[^/]+\/keys\/[^/]+)$/i;

/** How often keys of a resource and of its parts were made anew, by part and label; in the resource's secrets. */
const generationsMember = 'keyGenerations';

/**
 * The `list*` and `regenerate*` actions of resources whose keys Azure makes up. Here a key follows from the resource's name, when
 * it was made, how often the key was made anew, and a secret of the cloud: nobody else can work it out, and it is stored nowhere.
 */
export class KeyActions {
  readonly #secret: Buffer;

  /** `secret` has 32 bytes. */
  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** Whether something that is no resource by itself can be asked for its keys: its owner is there. */
  isImplied(id: string, view: CloudView): boolean {
    return view.get(id) === undefined && this.#ownerOf(id, view) !== undefined;
  }

  /** Throws ArmError where the type has no such action. */
  answer(id: string, action: string, view: CloudView, body?: JsonValue): JsonValue {
    return this.#answerOf(id, action, view, this.#ownerOf(id, view), body);
  }

  /**
   * Makes a key anew: what becomes of the resource that has it, and the answer, which may be none. `undefined` where the
   * action is another one. Throws ArmError where the body names no key.
   */
  regenerate(
    id: string,
    action: string,
    body: JsonValue | undefined,
    view: CloudView,
  ): { changed: ResourceRecord; answer: JsonValue | undefined } | undefined {
    const type = typeOf(id, view).toLowerCase();
    const regeneration = regenerationOf(type, action.toLowerCase(), serviceKeys[type] === undefined);
    const owner = this.#ownerOf(id, view);
    if (regeneration === undefined || owner === undefined) return undefined;
    const label = regeneratedLabel(regeneration, id, body);
    const key = generationKey(id, owner, label);
    const known = objectAt(owner.secrets, generationsMember);
    const generations = { ...known, [key]: generationOf(owner, key) + 1 };
    const changed = { ...owner, secrets: { ...owner.secrets, [generationsMember]: generations } };
    const { answeredBy } = regeneration;
    const listed = answeredBy === undefined ? undefined : this.#answerOf(id, answeredBy, view, changed);
    const answer = listed === undefined ? undefined : (regeneration.answer?.(listed, label) ?? listed);
    return { changed, answer };
  }

  /** The body with which a key is made anew that the address names after the action, as that of Search does. */
  bodyOfNamedKey(id: string, action: string, name: string, view: CloudView): JsonObject | undefined {
    const regeneration = regenerationOf(typeOf(id, view).toLowerCase(), action.toLowerCase(), false);
    return regeneration?.isNamedByAddress === true ? { [regeneration.member]: name } : undefined;
  }

  /** The resource with this id, or what the implied part with this id belongs to. */
  #ownerOf(id: string, view: CloudView): ResourceRecord | undefined {
    const record = view.get(id);
    if (record !== undefined || !implied.test(id)) return record;
    for (let path = id.split('/').slice(0, -2); path.length > 8; path = path.slice(0, -2)) {
      const owner = view.get(path.join('/'));
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  #answerOf(
    id: string,
    action: string,
    view: CloudView,
    owner: ResourceRecord | undefined,
    body?: JsonValue,
  ): JsonValue {
    const record = view.get(id);
    const type = typeOf(id, view);
    const name = action.toLowerCase();
    const answer = serviceKeys[type.toLowerCase()]?.[name] ?? usualKeys[name];
    if (answer === undefined)
      throw new ArmError(
        404,
        'InvalidResourceType',
        `The resource type '${type}' has no action '${action.slice(0, 80)}'.`,
      );
    return answer({
      id: record?.id ?? id,
      name: record?.name ?? id.split('/').at(-1) ?? '',
      domain: view.dnsSuffix.replace(/^[^.]+\./, ''),
      record,
      owner,
      view,
      body,
      key: (label, of = id) => this.#key(of, label, owner),
    });
  }

  #key(id: string, label: string, owner: ResourceRecord | undefined): string {
    const generation = owner === undefined ? 0 : generationOf(owner, generationKey(id, owner, label));
    const made = `${owner?.createdAt ?? ''} ${generation}`;
    return createHmac('sha256', this.#secret)
      .update(`${pathOf(id)} ${label} ${made}`)
      .digest('base64');
  }
}

const typeOf = (id: string, view: CloudView): string => view.get(id)?.type ?? parseResourceId(id)?.type ?? '';

/** What an id names, without the group that it is in: moved to another one, a resource keeps its keys. */
function pathOf(id: string): string {
  const parsed = parseResourceId(id);
  const path = parsed === undefined ? [id] : [parsed.type, ...parsed.names];
  return path.join('/').toLowerCase();
}

/** Under which name a resource keeps how often a key of it, or of a part of it, was made anew. */
const generationKey = (id: string, owner: ResourceRecord, label: string): string =>
  `${id.slice(owner.id.length).toLowerCase()} ${label}`;

function generationOf({ secrets }: ResourceRecord, key: string): number {
  const generation = objectAt(secrets, generationsMember)[key];
  return typeof generation === 'number' ? generation : 0;
}
