import type { ApiErrorBody } from '@slipway/contract';
import { ApiProblem } from '../api/client.ts';

/** How far the summary's validation is. */
export type Validation =
  | { state: 'incomplete' }
  | { state: 'running' }
  | { state: 'passed' }
  | { state: 'refused'; problem: ApiProblem }
  /** No verdict: the API or the cloud could not be asked. */
  | { state: 'unknown'; problem: ApiProblem; isRetried: boolean };

/** The verdict that came as an answer, as the problem that everything else shows errors with. */
export const refusal = (error: ApiErrorBody['error']): ApiProblem => new ApiProblem(400, error);
