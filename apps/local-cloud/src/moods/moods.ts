import type { JsonObject } from '@slipway/arm-template';
import { matchesGlob } from './glob.ts';
import type { MoodSet, RequestMood, WorkMood } from './mood-set.ts';

/** The work on a resource as moods see it. */
export interface MoodyWork {
  /** Full type, for example `Microsoft.Compute/virtualMachines/extensions`. */
  type: string;
  /** Name, of children with their parents': `machine/extension`. */
  name: string;
  action: 'write' | 'delete' | 'action';
}

/** One mood and what it has seen and done. */
interface Watch<M extends RequestMood | WorkMood> {
  mood: M;
  matched: number;
  struck: number;
  /** The next number of its sequence, from 0 up to 1. */
  draw: () => number;
}

/** Paths that only a mood with a `path` of its own strikes: clients sign in there. */
const signInPaths = ['/adfs/*', '/metadata/*'];
const ownPaths = ['/slipway', '/slipway/*'];

/**
 * The moods of a local cloud: what goes wrong on purpose, so that its clients can be tested. The first mood that
 * strikes is the one; those after it do not see the request or work. Everything is counted from the moment the moods
 * are set, in memory.
 */
export class Moods {
  #requests: Watch<RequestMood>[] = [];
  #work: Watch<WorkMood>[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(moods: MoodSet | undefined) {
    if (moods) this.set(moods);
  }

  /** Replaces all moods; counts begin anew. */
  set(moods: MoodSet): void {
    this.#requests = moods.requests.map((mood) => watch(mood, mood.seed));
    this.#work = moods.work.map((mood) => watch(mood, undefined));
    for (const listener of this.#listeners) listener();
  }

  /** `listener` is called when other moods were set. */
  onSet(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** The mood that strikes a request. `path` is the URL's, without the query. */
  strikeRequest(method: string, path: string): RequestMood | undefined {
    if (ownPaths.some((own) => matchesGlob(own, path))) return undefined;
    return strike(this.#requests, (mood) => matchesRequest(mood, method, path));
  }

  /** The mood that strikes a work which begins now. */
  strikeWork(work: MoodyWork): WorkMood | undefined {
    return strike(this.#work, (mood) => matchesWork(mood, work));
  }

  /** Whether a mood is set that holds works like this one for ever. */
  holds(work: MoodyWork): boolean {
    return this.#work.some(({ mood }) => mood.mood === 'never-ends' && matchesWork(mood, work));
  }

  /** The moods as they were set, each with how often it has struck. */
  describe(): JsonObject {
    return { requests: this.#requests.map(describeWatch), work: this.#work.map(describeWatch) };
  }
}

function watch<M extends RequestMood | WorkMood>(mood: M, seed: number | undefined): Watch<M> {
  return { mood, matched: 0, struck: 0, draw: numbersFrom(seed ?? 1) };
}

function strike<M extends RequestMood | WorkMood>(
  watches: readonly Watch<M>[],
  matches: (mood: M) => boolean,
): M | undefined {
  for (const each of watches) {
    const { mood } = each;
    if (mood.times !== undefined && each.struck >= mood.times) continue;
    if (!matches(mood)) continue;
    each.matched += 1;
    if (each.matched <= (mood.skip ?? 0)) continue;
    if ('share' in mood && mood.share !== undefined && each.draw() >= mood.share) continue;
    each.struck += 1;
    return mood;
  }
  return undefined;
}

function matchesRequest(mood: RequestMood, method: string, path: string): boolean {
  if (mood.method !== undefined && mood.method !== method) return false;
  if (mood.path === undefined) return !signInPaths.some((open) => matchesGlob(open, path));
  return matchesGlob(mood.path, path);
}

function matchesWork(mood: WorkMood, work: MoodyWork): boolean {
  if (mood.action !== undefined && mood.action !== work.action) return false;
  if (mood.type !== undefined && !matchesGlob(mood.type, work.type)) return false;
  return mood.name === undefined || matchesGlob(mood.name, work.name);
}

function describeWatch({ mood, struck }: Watch<RequestMood | WorkMood>): JsonObject {
  return { ...membersOf(mood), struck };
}

/** The mood as JSON: what was not set is not there. */
function membersOf(mood: RequestMood | WorkMood): JsonObject {
  const { struck: _struck, ...members } = mood;
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Numbers from 0 up to 1 that look random and are the same for the same seed (a 32-bit Weyl sequence, mixed). */
function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
