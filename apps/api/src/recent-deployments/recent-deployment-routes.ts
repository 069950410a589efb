import { recentDeploymentsSchema } from '@slipway/contract';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { SharedReads } from '../concurrency.ts';
import { readRecentDeployments } from './recent-deployments.ts';

/** Several windows that show the same look at ARM once. */
const keptForMs = 3_000;

/** What was deployed last, over all clusters. */
export function addRecentDeploymentRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  const reads = new SharedReads<Awaited<ReturnType<typeof readRecentDeployments>>>(keptForMs);

  app.get(
    '/api/deployments/recent',
    {
      schema: {
        tags: ['Deployments'],
        summary: 'The newest deployments of all resource groups with clusters',
        response: withErrors({ 200: recentDeploymentsSchema }),
      },
    },
    async () => {
      const recent = await reads.read('', () => readRecentDeployments(arm));
      // Whoever asks again asks for what was missing.
      if (recent.unread.length > 0) reads.forget('');
      return recent;
    },
  );
}
