import type { UseQueryResult } from '@tanstack/react-query';
import type { JSX } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { useIsLong } from '../components/slow-wait.tsx';

/** Says under a field that its choices could not be read, with a way to try again, or take long; else nothing. */
export function ReadingProblem({
  query,
  title,
}: {
  query: Pick<UseQueryResult, 'isPending' | 'isFetching' | 'error' | 'data' | 'refetch'>;
  title: string;
}): JSX.Element | null {
  const problem = useShownProblem(query);
  const isLong = useIsLong(query.isFetching && problem === null);
  if (query.data !== undefined) return null;
  if (problem) return <ProblemBar problem={problem} title={title} onRetry={() => void query.refetch()} />;
  if (!isLong) return null;
  return <output>Reading this takes longer than usual. The cloud may be slow at the moment.</output>;
}
