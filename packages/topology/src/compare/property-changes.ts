import { nameInWords } from '../name-in-words.ts';
import { plainText, shortened } from '../plain-text.ts';
import { signOf, wordsOf, type Comparable } from './comparable-properties.ts';

/** One property that differs; what is absent was not there. */
export interface PropertyChange {
  /** Property names from the resource inwards, with the names of items, joined by dots. */
  path: string;
  /** What it is called on screen. */
  label: string;
  before?: string;
  after?: string;
}

const mostCharacters = 300;

/** What only says something where both sides know it: not every answer has an instance view. */
const onlyTogether = /^(power|instanceView\.)/;

/** Every property in which two pieces differ, in the order of their paths. */
export function propertyChanges(before: Comparable, after: Comparable): PropertyChange[] {
  const changes: PropertyChange[] = [];
  const note = (path: readonly Step[], old: Comparable | undefined, now: Comparable | undefined): void => {
    const joined = joinedPath(path);
    if (onlyTogether.test(joined) && (old === undefined || now === undefined)) return;
    // Two pieces of the same words are told apart by their ids.
    const isAlike = old !== undefined && now !== undefined && wordsOf(old) === wordsOf(now);
    const textOf = isAlike ? signOf : wordsOf;
    changes.push({
      path: joined,
      label: labelOf(path),
      ...(old === undefined ? {} : { before: shownText(textOf(old)) }),
      ...(now === undefined ? {} : { after: shownText(textOf(now)) }),
    });
  };
  const walk = (path: readonly Step[], old: Comparable | undefined, now: Comparable | undefined): void => {
    if (old === undefined && now === undefined) return;
    if (old !== undefined && now !== undefined && signOf(old) === signOf(now)) return;
    if (old?.kind === 'fields' && now?.kind === 'fields') {
      for (const name of new Set([...old.fields.keys(), ...now.fields.keys()])) {
        walk([...path, { name, isItem: false }], old.fields.get(name), now.fields.get(name));
      }
      return;
    }
    if (old?.kind === 'items' && now?.kind === 'items') {
      for (const [key, pair] of pairItems(old.items, now.items))
        walk([...path, { name: key, isItem: true }], pair.before, pair.after);
      return;
    }
    note(path, old, now);
  };
  walk([], before, after);
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** One step of the way to a property: the name of a property, or that of an item, which somebody has chosen. */
interface Step {
  name: string;
  isItem: boolean;
}

const joinedPath = (path: readonly Step[]): string => path.map(({ name }) => name).join('.');

type Items = Extract<Comparable, { kind: 'items' }>['items'];
interface Pair {
  before: Comparable | undefined;
  after: Comparable | undefined;
}

/** Items with names by their names; others are the same where they are equal, and pairs in order where they are not. */
function pairItems(before: Items, after: Items): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  const isNamed = [...before, ...after].every(({ key }) => key !== undefined);
  if (isNamed) {
    const old = new Map(before.map(({ key, value }) => [key ?? '', value]));
    const now = new Map(after.map(({ key, value }) => [key ?? '', value]));
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      pairs.set(key, { before: old.get(key), after: now.get(key) });
    }
    return pairs;
  }
  const left = [...after];
  const changed = before.filter(({ sign }) => {
    const at = left.findIndex((item) => item.sign === sign);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  for (let index = 0; index < Math.max(changed.length, left.length); index += 1) {
    pairs.set(String(index + 1), { before: changed[index]?.value, after: left[index]?.value });
  }
  return pairs;
}

const shownText = (text: string): string => shortened(plainText(text), mostCharacters);

/** What the details pane calls the properties that change most often. */
const labels: Readonly<Record<string, string>> = {
  'sku.capacity': 'Machines',
  'sku.name': 'SKU',
  'hardwareProfile.vmSize': 'Size',
  'dnsSettings.fqdn': 'DNS name',
  ipAddress: 'IP address',
  addressPrefix: 'Address range',
  'addressSpace.addressPrefixes': 'Address space',
  location: 'Region',
  provisioningState: 'State',
  power: 'Power',
  diskSizeGB: 'Capacity in GiB',
  platformFaultDomainCount: 'Fault domains',
  platformUpdateDomainCount: 'Update domains',
  'instanceView.platformFaultDomain': 'Fault domain',
  'instanceView.platformUpdateDomain': 'Update domain',
};

/** What a property is called: by what it says of itself; an item by its own name, after what it is one of. */
function labelOf(path: readonly Step[]): string {
  const known = labels[joinedPath(path)];
  if (known !== undefined) return known;
  const last = path.at(-1);
  const own = shortened(plainText(last?.name ?? ''), 60);
  if (last?.isItem !== true) return nameInWords(own);
  return path.length === 1 ? own : `${oneOf(labelOf(path.slice(0, -1)))} ${own}`;
}

/** What one of several is called: `Probes` has a `Probe`. */
const oneOf = (several: string): string => several.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
