import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { writeJson } from '../../json-text.ts';
import type { MachineState } from '../machine-driver.ts';
import type { Engine } from './engine.ts';
import { kindOf, labelFilter, resourceOf } from './labels.ts';

const eventSchema = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});

/** Between two attempts to hear of the engine again. */
const reconnectMs = 2_000;

/** Hears of what nobody asked the driver for. */
export interface StateListener {
  /** A machine has ended, whoever ended it. */
  ended: (machineId: string) => void;
  /** A container of the networks has started, also by itself after it had failed: what only runs in it is gone. */
  networkStarted: (containerId: string) => void;
  /** The engine can be heard again after it was away: it may have stopped everything. */
  engineBack: () => void;
}

/** What the machines of a cloud are doing, as the engine tells it from moment to moment. */
export class MachineStates {
  readonly #engine: Engine;
  readonly #cloudId: string;
  readonly #states = new Map<string, MachineState>();
  readonly #closing = new AbortController();

  readonly #listener: StateListener;

  constructor(engine: Engine, cloudId: string, listener: StateListener) {
    this.#engine = engine;
    this.#cloudId = cloudId;
    this.#listener = listener;
  }

  of(machineId: string): MachineState {
    return this.#states.get(machineId.toLowerCase()) ?? 'absent';
  }

  /** How many run. */
  get running(): number {
    return [...this.#states.values()].filter((state) => state === 'running').length;
  }

  /** Notes what the driver itself has just done, before the engine tells it. */
  set(machineId: string, state: MachineState): void {
    const key = machineId.toLowerCase();
    if (state === 'absent') this.#states.delete(key);
    else this.#states.set(key, state);
  }

  /** Reads all states, and follows them until `close`. */
  async watch(): Promise<void> {
    await this.#readAll();
    void this.#follow();
  }

  close(): void {
    this.#closing.abort();
  }

  async #readAll(): Promise<void> {
    const filters = labelFilter(this.#cloudId, 'node');
    const found = await this.#engine.docker.listContainers({ all: true, filters });
    this.#states.clear();
    for (const { Labels, State } of found)
      this.set(resourceOf(Labels), State === 'running' ? 'running' : 'stopped');
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    let wasAway = false;
    while (!signal.aborted) {
      try {
        const stream = await this.#engine.docker.getEvents({
          filters: writeJson({ type: ['container'], ...labelFilter(this.#cloudId) }),
          abortSignal: signal,
        });
        await this.#readAll();
        if (wasAway) this.#listener.engineBack();
        wasAway = false;
        let rest = '';
        for await (const chunk of stream) {
          const lines = (rest + String(chunk)).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) this.#hear(line);
        }
      } catch {
        // The engine is being restarted, or this process ends: both are told by the loop.
      }
      wasAway = true;
      if (!signal.aborted) await delay(reconnectMs, undefined, { ref: false });
    }
  }

  #hear(line: string): void {
    if (line.trim() === '') return;
    const { data } = eventSchema.safeParse(JSON.parse(line));
    const labels = data?.Actor.Attributes;
    if (!data) return;
    if (kindOf(labels) !== 'node') {
      if (data.Action === 'start') this.#listener.networkStarted(data.Actor.ID);
    } else if (data.Action === 'start') this.set(resourceOf(labels), 'running');
    else if (data.Action === 'die') {
      this.set(resourceOf(labels), 'stopped');
      this.#listener.ended(resourceOf(labels));
    } else if (data.Action === 'destroy') this.set(resourceOf(labels), 'absent');
  }
}
