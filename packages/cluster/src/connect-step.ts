import type { Entrance } from './entrances.ts';
import type { Shell } from './shells.ts';

export type ConnectStepId =
  'key' | 'tunnel' | 'docker-host' | 'info' | 'service' | 'open' | 'run' | 'stack' | 'ssh' | 'close';

/** Another way to do a step. */
export interface ConnectAlternative {
  title: string;
  explanation: string;
  /** What is to be written, and where. */
  file?: { name: string; text: string };
  commands?: Record<Shell, string>;
}

/** An answer that nobody wants: what is seen of it, what it means, and what to do. */
export interface ConnectTrouble {
  sign: string;
  remedy: string;
  commands?: Record<Shell, string>;
  /** The shells that it is met in; all where it is absent. */
  shells?: readonly Shell[];
}

/** What is to be known of a step beside its command. */
export interface ConnectGuidance {
  /** Each option of the command with its meaning. */
  options: readonly { option: string; meaning: string }[];
  /** What the answer looks like when all is well. */
  answer: Record<Shell, string>;
  troubles: readonly ConnectTrouble[];
}

/** One step of using a cluster: what to do, why, and the exact text for each shell. */
export interface ConnectStep extends ConnectGuidance {
  id: ConnectStepId;
  title: string;
  explanation: string;
  commands: Record<Shell, string>;
  /** A file that the command needs. */
  file?: { name: string; text: string };
  alternatives: readonly ConnectAlternative[];
  /** What is to be known of the commands where something is not as usual, a paragraph each. */
  notes: string[];
  /** What the step goes through, to be tried or opened in a browser. */
  entrances: Entrance[];
}

/** The same text for every shell. */
export const everywhere = (text: string): Record<Shell, string> => ({
  bash: text,
  powershell: text,
  cmd: text,
});

/** A text for each shell. */
export const inEach = (text: (shell: Shell) => string): Record<Shell, string> => ({
  bash: text('bash'),
  powershell: text('powershell'),
  cmd: text('cmd'),
});
