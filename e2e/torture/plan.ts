import { seeded } from './seeded.ts';

export type Victim = 'API' | 'local cloud';
export type Work = 'submission' | 'deployment' | 'deletion';

/** A kill -9 at one moment of one piece of work. */
export interface Blow {
  work: Work;
  victims: readonly Victim[];
  /** When, as a part of the time that the work usually takes. */
  moment: number;
  /** How long after the first blow comes the same again, in milliseconds. */
  againAfterMs: number | undefined;
}

/** One cluster: created with a blow, deleted with another. */
export interface Life {
  number: number;
  creation: Blow;
  /** Absent where the number of blows is odd: the last cluster is deleted in peace. */
  deletion: Blow | undefined;
  /** Whether the resource group is deleted with the cluster, or stays. */
  deletesGroup: boolean;
}

const everyVictim = [['API'], ['local cloud'], ['API', 'local cloud']] as const;

/**
 * Plans `count` blows. The moments of each kind of work are spread over its whole duration: it is cut into as many parts
 * as it gets blows, and each part gets one, at a random place.
 */
export function planLives(seed: number, count: number): Life[] {
  const random = seeded(seed);
  const lives = Math.ceil(count / 2);
  const works = Array.from({ length: lives }, (_, index) =>
    index % 3 === 0 ? ('submission' as const) : ('deployment' as const),
  );
  const momentsFor = (blows: number): number[] =>
    random.shuffled(Array.from({ length: blows }, (_, part) => (part + random.next()) / blows));
  const moments: Record<Work, number[]> = {
    submission: momentsFor(works.filter((work) => work === 'submission').length),
    deployment: momentsFor(works.filter((work) => work === 'deployment').length),
    deletion: momentsFor(count - lives),
  };
  const victims = random.shuffled(Array.from({ length: count }, (_, index) => everyVictim[index % 3] ?? []));
  const blow = (work: Work): Blow => ({
    work,
    victims: victims.pop() ?? ['API'],
    moment: moments[work].pop() ?? 0,
    againAfterMs: random.next() < 0.25 ? Math.round(200 + random.next() * 2_000) : undefined,
  });
  return random.shuffled(works).map((work, index) => ({
    number: index + 1,
    creation: blow(work),
    deletion: index < count - lives ? blow('deletion') : undefined,
    deletesGroup: random.next() < 0.5,
  }));
}
