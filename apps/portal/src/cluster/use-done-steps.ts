import type { ClusterPath } from '@slipway/contract';
import { useState } from 'react';
import { keepDoneSteps, keptDoneSteps } from './done-steps-storage.ts';

/** Which steps of a list somebody has ticked off: kept in this browser, for each cluster. */
export function useDoneSteps(cluster: ClusterPath): {
  done: ReadonlySet<string>;
  toggle: (id: string, isDone: boolean) => void;
} {
  const [done, setDone] = useState(() => keptDoneSteps(localStorage, cluster));
  return {
    done,
    toggle: (id, isDone) => {
      const next = new Set(done);
      if (isDone) next.add(id);
      else next.delete(id);
      setDone(next);
      keepDoneSteps(localStorage, cluster, next);
    },
  };
}
