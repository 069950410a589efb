import type { UseQueryResult } from '@tanstack/react-query';
import type { JSX } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';

/** Says under a field that its choices could not be read, with a way to try again; nothing when they could. */
export function ReadingProblem({
  query,
  title,
}: {
  query: Pick<UseQueryResult, 'isError' | 'error' | 'data' | 'refetch'>;
  title: string;
}): JSX.Element | null {
  if (!query.isError || query.data !== undefined) return null;
  return <ProblemBar problem={query.error} title={title} onRetry={() => void query.refetch()} />;
}
