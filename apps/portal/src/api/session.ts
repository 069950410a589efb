import { routes, sessionSchema } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { askingAgain } from './asking-again.ts';
import { rememberCsrfToken, request } from './client.ts';

/** Who is signed in, the CSRF token, and which cloud the backend talks to. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await request(routes.session(), sessionSchema, { signal });
    rememberCsrfToken(session.csrfToken);
    return session;
  },
  staleTime: 60_000,
  // While the cloud has a problem or is being made ready, the end of that shall show without a reload.
  refetchInterval: ({ state: { data, error } }) => {
    if (data?.cloud?.preparation !== undefined) return askingAgain(error, 3_000);
    return askingAgain(error, data?.cloud?.problem ? 10_000 : false);
  },
});

export const useSession = () => useQuery(sessionQuery);
