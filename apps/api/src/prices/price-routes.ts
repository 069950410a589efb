import { regionSchema, subscriptionIdSchema } from '@slipway/cluster';
import { machinePricesSchema } from '@slipway/contract';
import { z } from 'zod';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Prices } from './prices.ts';

/** What the machines of a region cost, where somebody has said so. */
export function addPriceRoutes(app: ApiInstance, { prices }: { prices: Prices }): void {
  app.get(
    '/api/subscriptions/:subscriptionId/regions/:region/prices',
    {
      schema: {
        tags: ['Places'],
        summary: 'Hourly prices of the machine sizes of a region, with source and date',
        params: z.object({ subscriptionId: subscriptionIdSchema, region: regionSchema }),
        response: withErrors({ 200: machinePricesSchema }),
      },
    },
    (request) => prices.read(request.params.region),
  );
}
