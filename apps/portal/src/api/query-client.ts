import { MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query';
import { askingAgain } from './asking-again.ts';
import { ApiProblem, isClusterMissing, isPassing } from './client.ts';
import { sessionQuery } from './session.ts';

/**
 * The cache of everything read from the API. A 401 makes the session be asked anew, which leads to the sign-in page; a
 * cluster that is missing makes its pages say so. What may pass is asked again by itself.
 */
export function createQueryClient(): QueryClient {
  const onError = (thrown: unknown): void => {
    if (thrown instanceof ApiProblem && thrown.code === 'SignInRequired') {
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }
  };
  const onQueryError = (thrown: unknown, { queryKey }: { queryKey: QueryKey }): void => {
    onError(thrown);
    // Whichever part of a cluster is the first to be missing: its pages learn at once that it is gone.
    const [kind, ...rest] = queryKey;
    if (isClusterMissing(thrown) && kind === 'cluster' && rest.length > 3) {
      void client.invalidateQueries({ queryKey: ['cluster', ...rest.slice(0, 3)], exact: true });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: onQueryError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchInterval: ({ state: { error } }) => askingAgain(error, false),
        retry: (count, thrown) => count < 2 && isPassing(thrown),
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
        // The API runs on this computer as often as not: being offline says nothing about it.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}
