import { ArmError } from '../../arm-error.ts';

/** There is no engine that can be used; the message says why, and what to do. */
export class NoEngine extends Error {
  override name = 'NoEngine';
  /** Whether there is an engine all the same, which only cannot be used. */
  readonly isThere: boolean;

  constructor(message: string, { isThere }: { isThere: boolean } = { isThere: true }) {
    super(message);
    this.isThere = isThere;
  }
}

interface EngineAnswer {
  statusCode?: unknown;
  json?: unknown;
  code?: unknown;
  message?: unknown;
}

const answerOf = (thrown: unknown): EngineAnswer =>
  typeof thrown === 'object' && thrown !== null ? thrown : {};

/** The status with which the engine refused; `undefined` when it did not answer at all. */
export function engineStatus(thrown: unknown): number | undefined {
  const { statusCode } = answerOf(thrown);
  return typeof statusCode === 'number' ? statusCode : undefined;
}

/** The engine's own words, without what the client puts around them. */
export function engineMessage(thrown: unknown): string {
  const { json, message } = answerOf(thrown);
  const own = answerOf(json).message;
  if (typeof own === 'string' && own !== '') return own.trim();
  return typeof message === 'string' ? message.trim() : String(thrown);
}

/** What the control plane answers when the engine could not do something: `doing` completes "Docker could not …". */
export function engineTrouble(doing: string, thrown: unknown): ArmError {
  if (thrown instanceof ArmError) return thrown;
  return new ArmError(500, 'MachineDriverFailed', `Docker could not ${doing}: ${engineMessage(thrown)}`);
}

/** Passes over that something is not there (any more), or already as it should be. */
export async function unlessGone<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    const status = engineStatus(error);
    if (status === 404 || status === 304) return undefined;
    throw error;
  }
}

/** Whether the engine knows what it is asked to look at. */
export const isThere = async (looking: Promise<unknown>): Promise<boolean> =>
  (await unlessGone(looking.then(() => true))) === true;

/** Why an engine cannot be used, and what helps, in a sentence each. */
export function explainNoEngine(thrown: unknown, place: string): NoEngine {
  const { code } = answerOf(thrown);
  if (code === 'EACCES' || code === 'EPERM')
    return new NoEngine(
      `This user may not use the Docker Engine at ${place}. Add the user to the group docker (sudo usermod -aG docker "$USER") and sign in again, or run Slipway as a user who may.`,
    );
  if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return new NoEngine(
      `No Docker Engine answers at ${place}. Install and start it (on Debian and Ubuntu: sudo apt-get install docker.io; elsewhere Docker Desktop or Docker Engine), or set DOCKER_HOST to where one answers.`,
      { isThere: false },
    );
  return new NoEngine(`The Docker Engine at ${place} cannot be used: ${engineMessage(thrown)}`);
}
