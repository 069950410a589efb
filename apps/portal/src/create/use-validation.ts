import type { ClusterSpec } from '@slipway/cluster';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { asProblem } from '../api/client.ts';
import { validateClusterQuery } from '../api/validate-cluster.ts';
import { type Validation, refusal } from './validation.ts';
import { useWizard } from './wizard-context.ts';

/**
 * Has the spec verified by the API and by ARM, once the wizard's own rules hold, and puts what they refuse to its
 * fields. `spec` is undefined while a rule is broken.
 */
export function useValidation(spec: ClusterSpec | undefined): { validation: Validation; again: () => void } {
  const { dispatch } = useWizard();
  const { data, error, isFetching, refetch } = useQuery(validateClusterQuery(spec));
  useEffect(() => {
    if (!data || isFetching) return;
    dispatch({ type: 'refused', fields: data.passed ? [] : (data.error.fields ?? []) });
  }, [data, isFetching, dispatch]);

  const validation = (): Validation => {
    if (!spec) return { state: 'incomplete' };
    if (isFetching || (!data && !error)) return { state: 'running' };
    if (error) return { state: 'unknown', problem: asProblem(error) };
    if (!data) return { state: 'running' };
    return data.passed ? { state: 'passed' } : { state: 'refused', problem: refusal(data.error) };
  };
  return { validation: validation(), again: () => void refetch() };
}
