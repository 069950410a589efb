import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadCodeAhead } from './api/code-ahead.ts';
import { createQueryClient } from './api/query-client.ts';
import { sessionQuery } from './api/session.ts';
import { createPortalRouter } from './router.ts';
import { Themed } from './theme/themed.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const queryClient = createQueryClient();
const router = createPortalRouter();

/** So long the shell in the page itself stays while what the first page needs is on its way, in milliseconds. */
const shellMs = 2_000;

/** Draws the portal once its first page can be drawn whole: earlier it would only show one wait after the other. */
async function draw(shell: HTMLElement): Promise<void> {
  // The router itself begins when it is drawn: what it has begun before, it would not leave for an address that comes
  // meanwhile.
  await Promise.race([
    Promise.all([router.preloadRoute({ to: location.pathname }), queryClient.prefetchQuery(sessionQuery)]),
    new Promise((resume) => setTimeout(resume, shellMs)),
  ]);

  createRoot(shell).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Themed>
          <RouterProvider router={router} />
        </Themed>
      </QueryClientProvider>
    </StrictMode>,
  );

  loadCodeAhead(() => queryClient.isFetching() > 0 || router.state.isLoading);
}

// Not awaited here: the pages' code needs this module and would wait until it has run to its end.
void draw(root);
