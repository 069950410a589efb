import type { ClusterSpec } from '@slipway/cluster';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { type ApiProblem, asProblem, isPassing } from '../api/client.ts';
import { validateClusterQuery } from '../api/validate-cluster.ts';
import { type Validation, refusal } from './validation.ts';
import { useWizard } from './wizard-context.ts';

/** Between two attempts while the line or the cloud is away, in milliseconds. */
const retryMs = 4_000;

/**
 * Has the spec verified by the API and by ARM, once the wizard's own rules hold, and puts what they refuse to its
 * fields. `spec` is undefined while a rule is broken. While the line is away it is tried again by itself. Nothing is
 * asked unless `isWanted`.
 */
export function useValidation(
  spec: ClusterSpec | undefined,
  isWanted: boolean,
): { validation: Validation; again: () => void } {
  const { dispatch } = useWizard();
  const { data, error, isFetching, refetch } = useQuery(validateClusterQuery(isWanted ? spec : undefined));
  useEffect(() => {
    if (!data || isFetching) return;
    dispatch({ type: 'refused', fields: data.passed ? [] : (data.error.fields ?? []) });
  }, [data, isFetching, dispatch]);

  // An attempt that follows by itself is no reason to take the words away and bring them back.
  const [lastProblem, setLastProblem] = useState<ApiProblem>();
  const problem = error ? asProblem(error) : undefined;
  if (problem && lastProblem?.message !== problem.message) setLastProblem(problem);
  if (data && lastProblem) setLastProblem(undefined);

  const isRetried = error !== null && !isFetching && isPassing(error);
  const retry = useEffectEvent(() => void refetch());
  useEffect(() => {
    if (!isRetried) return;
    const timer = setTimeout(retry, retryMs);
    const atOnce = (): void => retry();
    window.addEventListener('online', atOnce);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', atOnce);
    };
  }, [isRetried]);

  const validation = (): Validation => {
    if (!spec) return { state: 'incomplete' };
    const shown = problem ?? (isFetching && lastProblem && isPassing(lastProblem) ? lastProblem : undefined);
    if (shown) return { state: 'unknown', problem: shown, isRetried: isPassing(shown) };
    if (isFetching || !data) return { state: 'running' };
    return data.passed ? { state: 'passed' } : { state: 'refused', problem: refusal(data.error) };
  };
  return { validation: validation(), again: () => void refetch() };
}
