import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadCodeAhead } from './api/code-ahead.ts';
import { createQueryClient } from './api/query-client.ts';
import { createPortalRouter } from './router.ts';
import { Themed } from './theme/themed.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const queryClient = createQueryClient();
const router = createPortalRouter();

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Themed>
        <RouterProvider router={router} />
      </Themed>
    </QueryClientProvider>
  </StrictMode>,
);

loadCodeAhead(() => queryClient.isFetching() > 0 || router.state.isLoading);
