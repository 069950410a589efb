import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isPassing } from './client.ts';
import { sessionQuery } from './session.ts';

/** The cache of everything read from the API. A 401 makes the session be asked anew, which leads to the sign-in page. */
export function createQueryClient(): QueryClient {
  const onError = (thrown: unknown): void => {
    if (thrown instanceof ApiProblem && thrown.code === 'SignInRequired') {
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
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
