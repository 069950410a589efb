import type { BootLog } from '@slipway/contract';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { readBlobTail } from '../arm/blob-tail.ts';
import { readBootLogAddress } from '../arm/machines.ts';
import { SharedReads } from '../concurrency.ts';
import { bootLogText } from './boot-log-text.ts';

const longestLogBytes = 1024 * 1024;

/**
 * An address is asked for once in a while, and not for every look at a log: ARM counts it as a change, of which it takes
 * far fewer than reads. It is good for longer than it is kept.
 */
const addressGoodForMinutes = 20;
const addressKeptForMs = 10 * 60_000;

/** Reads what machines have written to their serial consoles. */
export class BootLogs {
  readonly #arm: Arm;
  readonly #addresses = new SharedReads<string>(addressKeptForMs);

  constructor(arm: Arm) {
    this.#arm = arm;
  }

  /** The boot log of the machine with this ARM id; the newest megabyte of it, as plain text. */
  async read(id: string): Promise<BootLog> {
    const tail = await this.#tail(id);
    return tail
      ? { text: bootLogText(tail.bytes, tail.isTail), truncated: tail.isTail }
      : { text: '', truncated: false };
  }

  async #tail(id: string) {
    const key = id.toLowerCase();
    const ask = () => readBootLogAddress(this.#arm, id, addressGoodForMinutes);
    try {
      return await readBlobTail(this.#arm, await this.#addresses.read(key, ask), longestLogBytes);
    } catch (thrown) {
      // What is refused there has changed since it was asked for: another machine of the same name, another key.
      if (armFailureOf(thrown)?.status !== 403) throw thrown;
      this.#addresses.forget(key);
      return readBlobTail(this.#arm, await this.#addresses.read(key, ask), longestLogBytes);
    }
  }
}
