import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * What keeps a query from its answer, to be shown; null while nothing does. It stays while the same is asked again by
 * itself: words that come and go every few seconds help nobody.
 */
export function useShownProblem({
  data,
  error,
  isPending,
}: Pick<UseQueryResult, 'data' | 'error' | 'isPending'>): Error | null {
  const [last, setLast] = useState<Error | null>(null);
  if (error !== null && error !== last) setLast(error);
  if (error === null && data !== undefined && last !== null) setLast(null);
  return error ?? (isPending ? last : null);
}
