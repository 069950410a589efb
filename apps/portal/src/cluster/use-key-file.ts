import { readKeyFile } from '@slipway/cluster';
import type { ClusterPath } from '@slipway/contract';
import { useState } from 'react';
import { keepKeyFile, keptKeyFile } from './key-file-storage.ts';

/** What the field for the path of a private key holds and says. */
export interface KeyFile {
  text: string;
  /** Why what is or was in the field cannot be used. */
  refusal: string | undefined;
  change: (text: string) => void;
  /** Whether a text is the key itself; then it is refused, and the field is left as it was. */
  refusesKey: (text: string) => boolean;
  /** A file was dropped: a browser tells what is in it, but not where it lies. */
  refuseFile: () => void;
  leave: () => void;
}

/** The path of a cluster's private key: kept in this browser, and nothing but a path. */
export function useKeyFile(cluster: ClusterPath): KeyFile {
  const [text, setText] = useState(() => keptKeyFile(localStorage, cluster));
  const [refusal, setRefusal] = useState<string>();
  const refusesKey = (given: string): boolean => {
    const reading = readKeyFile(given);
    const isKey = !reading.accepted && reading.reason === 'key';
    if (isKey) setRefusal(reading.message);
    return isKey;
  };
  const take = (next: string): void => {
    setText(next);
    keepKeyFile(localStorage, cluster, next);
  };
  return {
    text,
    refusal,
    refusesKey,
    change: (next) => {
      if (refusesKey(next)) {
        take('');
        return;
      }
      setRefusal(undefined);
      take(next);
    },
    refuseFile: () =>
      setRefusal(
        'A browser does not tell where a file lies. Type its path, or copy it from your file manager.',
      ),
    // What is half typed is not judged before the field is left; what was said of a key stays.
    leave: () => {
      const reading = readKeyFile(text);
      if (!reading.accepted && reading.reason === 'path') setRefusal(reading.message);
    },
  };
}
