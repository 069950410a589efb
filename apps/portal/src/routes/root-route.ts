import { createRootRoute } from '@tanstack/react-router';
import { AppShell } from '../shell/app-shell.tsx';
import { UnknownAddress } from '../shell/unknown-address.tsx';

/** The parent of every page: the shell around it. */
export const rootRoute = createRootRoute({ component: AppShell, notFoundComponent: UnknownAddress });
