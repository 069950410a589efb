import { recentDeploymentsSchema, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { isDeploymentAtWork } from '../components/deployment-state.tsx';
import { askingAgain } from './asking-again.ts';
import { request } from './client.ts';

/** While ARM is at work, and while all is at rest, in milliseconds. */
const workingMs = 5_000;
const atRestMs = 60_000;

/** Where the newest deployments are kept. */
export const recentDeploymentsKey = ['recent-deployments'];

/** The newest deployments of all clusters' groups. `isWorking`: whether ARM is known to be at work on a cluster. */
export const useRecentDeployments = ({ isWorking }: { isWorking: boolean }) =>
  useQuery({
    queryKey: recentDeploymentsKey,
    queryFn: ({ signal }) => request(routes.recentDeployments(), recentDeploymentsSchema, { signal }),
    refetchInterval: ({ state: { data, error } }) => {
      const working = isWorking || data?.deployments.some(({ state }) => isDeploymentAtWork(state)) === true;
      return askingAgain(error, working ? workingMs : atRestMs);
    },
  });
