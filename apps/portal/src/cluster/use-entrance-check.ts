import type { Entrance } from '@slipway/cluster';
import type { ClusterPath, EntranceCheck } from '@slipway/contract';
import { useEffect, useRef, useState } from 'react';
import { checkEntrance } from '../api/check-entrance.ts';
import { type ApiProblem, asProblem } from '../api/client.ts';

export type CheckState =
  | { phase: 'idle' }
  | { phase: 'checking' }
  | { phase: 'seen'; check: EntranceCheck }
  | { phase: 'failed'; problem: ApiProblem };

/** Checks an entrance when it is told to, one time after the other; ends with the page. */
export function useEntranceCheck(
  path: ClusterPath,
  { kind, port }: Pick<Entrance, 'kind' | 'port'>,
): { state: CheckState; start: () => void; stop: () => void } {
  const [state, setState] = useState<CheckState>({ phase: 'idle' });
  const underway = useRef<AbortController>(undefined);
  useEffect(() => () => underway.current?.abort(), []);

  const run = async (): Promise<void> => {
    const abort = new AbortController();
    underway.current = abort;
    setState({ phase: 'checking' });
    try {
      setState({ phase: 'seen', check: await checkEntrance(path, { kind, port }, abort.signal) });
    } catch (thrown) {
      setState(abort.signal.aborted ? { phase: 'idle' } : { phase: 'failed', problem: asProblem(thrown) });
    } finally {
      underway.current = undefined;
    }
  };
  return {
    state,
    start: () => {
      if (!underway.current) void run();
    },
    stop: () => underway.current?.abort(),
  };
}
