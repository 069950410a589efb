import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { createPortalRouter, preloadPages } from './router.ts';
import { preloadParts } from './shell/later-parts.tsx';
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

// The page that was asked for comes first.
setTimeout(() => void Promise.all([preloadPages(router), preloadParts()]), 2_000);
