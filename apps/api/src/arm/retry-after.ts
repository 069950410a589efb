import type { PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * How long ARM asks to wait before the same request is sent again, in milliseconds: `Retry-After` in seconds or as a
 * date, or one of Azure's own headers in milliseconds. `undefined` where it does not say.
 */
export function retryAfterMs({ headers }: Pick<PipelineResponse, 'headers'>): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const text = headers.get(name)?.trim();
    if (text !== undefined && /^\d{1,12}$/.test(text)) return Number(text);
  }
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text) - Date.now();
  return Number.isNaN(until) ? undefined : Math.max(0, until);
}
