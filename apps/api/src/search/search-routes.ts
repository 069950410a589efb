import { searchAnswerSchema, searchRequestSchema } from '@slipway/contract';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { Search } from './search.ts';

/** The portal's global search. */
export function addSearchRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  const search = new Search(arm);

  app.get(
    '/api/search',
    {
      schema: {
        tags: ['Search'],
        summary: 'What has a text in its name',
        querystring: searchRequestSchema,
        response: withErrors({ 200: searchAnswerSchema }),
      },
    },
    (request) => search.find(request.query),
  );
}
