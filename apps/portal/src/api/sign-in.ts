import { routes } from '@slipway/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';

/** Signs in with the portal's access secret; afterwards everything is read anew. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (secret: string) =>
      request(routes.signIn(), z.unknown(), { method: 'POST', body: { secret } }),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Ends the session; afterwards nothing that was read stays in memory. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(routes.signOut(), z.unknown(), { method: 'POST', body: {} }),
    onSuccess: () => client.resetQueries(),
  });
}
