import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import { inSubscription, param } from '../resources/call-reading.ts';
import { page } from '../resources/paging.ts';
import { subscriptionId } from '../resources/places.ts';
import { readTags } from '../resources/resource-body.ts';
import type { Store } from '../store/store.ts';

/** How many things have a tag, by its values; by the tag's name in lower case. */
type Uses = Map<string, { name: string; values: Map<string, number> }>;

/**
 * The names of tags in a subscription, with their values and how many things have each: those in use, and those that were
 * made in advance. Source: the Resources API, `Tags_List` and its like.
 */
export function tagNameRoutes(store: Store): ArmRoute[] {
  const predefined = (): Readonly<Record<string, string[]>> =>
    store.subscription(subscriptionId).tagNames ?? {};

  const uses = (): Uses => {
    const found: Uses = new Map();
    const count = (name: string, value: string, by: number): void => {
      const tag = found.get(name.toLowerCase()) ?? { name, values: new Map<string, number>() };
      found.set(name.toLowerCase(), tag);
      tag.values.set(value, (tag.values.get(value) ?? 0) + by);
    };
    const tagged = [
      ...store.resources.list({ subscriptionId }),
      ...store.groups.inScope(`/subscriptions/${subscriptionId}`),
    ];
    for (const { tags } of tagged)
      for (const [name, value] of Object.entries(tags ?? {})) count(name, value, 1);
    for (const [name, values] of Object.entries(predefined())) {
      if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), { name, values: new Map() });
      for (const value of values) count(name, value, 0);
    }
    return found;
  };

  const write = (tagNames: Record<string, string[]>): void =>
    store.transaction(() => store.subscriptions.put({ ...store.subscription(subscriptionId), tagNames }));

  const list = (call: ArmCall): ArmAnswer =>
    ok(page([...uses().values()], ({ name }) => name.toLowerCase(), describe, { url: call.url }));

  const put = (call: ArmCall): ArmAnswer => {
    const name = param(call, 'tagName');
    const value = call.params['tagValue'];
    readTags({ [name]: value ?? '' });
    const known = predefined();
    const isNew = !uses().has(name.toLowerCase());
    const values = known[name] ?? [];
    write({
      ...known,
      [name]: value === undefined || values.includes(value) ? values : [...values, value],
    });
    const tag = uses().get(name.toLowerCase()) ?? { name, values: new Map<string, number>() };
    const status = isNew || value !== undefined ? 201 : 200;
    return { status, body: value === undefined ? describe(tag) : describeValue(tag.name, value, tag.values) };
  };

  const remove = (call: ArmCall): ArmAnswer => {
    const name = param(call, 'tagName');
    const value = call.params['tagValue'];
    const { [name]: values, ...others } = predefined();
    const inUse = [...(uses().get(name.toLowerCase())?.values ?? [])].some(
      ([used, count]) => count > 0 && (value === undefined || used === value),
    );
    if (inUse)
      throw new ArmError(
        409,
        'TagInUse',
        `The tag '${name}' is used by resources or resource groups: take it away from them first.`,
      );
    if (values === undefined) return { status: 204 };
    write(value === undefined ? others : { ...others, [name]: values.filter((each) => each !== value) });
    return { status: 200 };
  };

  const one = '/subscriptions/{subscriptionId}/tagNames/{tagName}';
  return inSubscription([
    { path: '/subscriptions/{subscriptionId}/tagNames', methods: { GET: list } },
    { path: one, methods: { PUT: put, DELETE: remove } },
    { path: `${one}/tagValues/{tagValue}`, methods: { PUT: put, DELETE: remove } },
  ]);
}

const idOf = (name: string): string => `/subscriptions/${subscriptionId}/tagNames/${name}`;

function describe({ name, values }: { name: string; values: ReadonlyMap<string, number> }): JsonObject {
  return {
    id: idOf(name),
    tagName: name,
    count: { type: 'Total', value: [...values.values()].reduce((sum, count) => sum + count, 0) },
    values: [...values.keys()].map((value) => describeValue(name, value, values)),
  };
}

function describeValue(name: string, value: string, values: ReadonlyMap<string, number>): JsonObject {
  return {
    id: `${idOf(name)}/tagValues/${value}`,
    tagValue: value,
    count: { type: 'Total', value: values.get(value) ?? 0 },
  };
}
