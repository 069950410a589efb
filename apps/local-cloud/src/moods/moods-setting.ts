import { readFileSync } from 'node:fs';
import { readMoodSet, type MoodSet } from './mood-set.ts';

/**
 * Reads the setting SLIPWAY_MOODS: JSON when it begins with a brace, otherwise the path of a JSON file. Throws an Error
 * whose message completes "The setting SLIPWAY_MOODS …" without a full stop.
 */
export function readMoodsSetting(setting: string): MoodSet {
  const isInline = setting.trimStart().startsWith('{');
  const where = isInline ? 'the JSON' : `the file ${setting}`;
  const value = parse(isInline ? setting : read(setting), where);
  try {
    return readMoodSet(value);
  } catch (error) {
    throw new Error(`cannot be used: in ${where}: ${reasonOf(error)}`, { cause: error });
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`must be JSON or name a JSON file that can be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function parse(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`must be JSON or name a JSON file: ${where} cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
