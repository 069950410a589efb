import {
  type ApiErrorBody,
  type ArmErrorBody,
  type FieldError,
  apiErrorSchema,
  csrfHeader,
} from '@slipway/contract';
import type { z } from 'zod';
import { takeEarlyAnswer } from './early-answers.ts';
import { whilePageStays } from './leaving-page.ts';

type ProblemBody = ApiErrorBody['error'];

/**
 * Anything that kept a request from its answer: an error that the API worded, a connection that failed, or an
 * answer that cannot be read. `message` says what is wrong, `remedy` what to do about it.
 */
export class ApiProblem extends Error {
  readonly code: string;
  readonly remedy: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Empty when no answer came. */
  readonly correlationId: string;
  readonly fields: readonly FieldError[];
  readonly arm: ArmErrorBody | undefined;

  constructor(status: number, body: ProblemBody) {
    super(body.message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code;
    this.remedy = body.remedy;
    this.correlationId = body.correlationId;
    this.fields = body.fields ?? [];
    this.arm = body.arm;
  }
}

/** Any thrown value as a problem, so that every place that shows errors shows them alike. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  return new ApiProblem(0, {
    code: 'PortalError',
    message:
      thrown instanceof Error && thrown.message ? thrown.message : 'The portal met an unexpected error.',
    remedy: 'Reload the page. If it happens again, report it with this text.',
    correlationId: '',
  });
}

/** Whether asking the same again may help: the connection or the cloud failed, not the request itself. */
export function isPassing(thrown: unknown): boolean {
  return (
    thrown instanceof ApiProblem &&
    (thrown.code === 'NoConnection' ||
      thrown.code === 'NoAnswer' ||
      thrown.status === 429 ||
      thrown.status >= 502)
  );
}

/** Whether the same question would get the same answer: who asks may not ask, or there is nothing there. */
export const isFinalRefusal = ({ status, code }: ApiProblem): boolean =>
  status === 401 || status === 403 || (status === 404 && code !== 'UnreadableAnswer');

/** Whether a cluster that was asked for does not exist (any more). */
export const isClusterMissing = (thrown: unknown): boolean =>
  thrown instanceof ApiProblem && thrown.code === 'ClusterNotFound';

/** Whether a delete was refused because the deployment still runs. */
export const isDeploymentRunning = (thrown: unknown): boolean =>
  thrown instanceof ApiProblem &&
  (thrown.code === 'DeploymentRunning' || thrown.arm?.code === 'DeploymentStackInNonTerminalState');

let csrfToken = '';

/** Keeps the session's CSRF token; every request that changes something sends it. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** So long the answer may take, in milliseconds; then it counts as lost. */
  patienceMs?: number;
  /** Told the headers of a good answer. */
  onHeaders?: (headers: Headers) => void;
}

/** Longer than the API itself waits for the cloud: what takes this long has got lost on the way. */
const defaultPatienceMs = 60_000;

/**
 * Sends one request to the API and parses its answer with `schema`.
 * Throws an `ApiProblem` for every failure, but lets an abort by `signal` through as it is.
 */
export async function request<Schema extends z.ZodType>(
  address: string,
  schema: Schema,
  options: RequestOptions = {},
): Promise<z.output<Schema>> {
  const patience = AbortSignal.timeout(options.patienceMs ?? defaultPatienceMs);
  const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
  const onFailure = (thrown: unknown): unknown => {
    if (options.signal?.aborted) return thrown;
    return patience.aborted ? noAnswer() : noConnection();
  };
  const early = options.method === undefined ? await takeEarlyAnswer(address, signal) : undefined;
  const response = early ?? (await send(address, { ...options, signal }, onFailure));
  const body = await readBody(response, onFailure);
  if (!response.ok) throw refusal(response, body);
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    options.onHeaders?.(response.headers);
    return parsed.data;
  }
  throw new ApiProblem(response.status, {
    code: 'UnreadableAnswer',
    message: `The portal's server answered something this page does not understand (${address}).`,
    remedy: 'Reload the page: portal and server may be of different versions.',
    correlationId: response.headers.get('x-correlation-id') ?? '',
  });
}

async function send(
  address: string,
  options: RequestOptions,
  onFailure: (thrown: unknown) => unknown,
): Promise<Response> {
  const method = options.method ?? 'GET';
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers[csrfHeader] = csrfToken;
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(address, {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (thrown) {
    await whilePageStays();
    throw onFailure(thrown);
  }
}

/** What a refused answer says, as a problem. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  return refusal(response, await readBody(response, noConnection));
}

async function readBody(response: Response, onFailure: (thrown: unknown) => unknown): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch (thrown) {
    await whilePageStays();
    throw onFailure(thrown);
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function noConnection(): ApiProblem {
  return new ApiProblem(0, {
    code: 'NoConnection',
    message: "The portal's server cannot be reached.",
    remedy: 'Check that it is running and that this computer is connected, then try again.',
    correlationId: '',
  });
}

function noAnswer(): ApiProblem {
  return new ApiProblem(0, {
    code: 'NoAnswer',
    message: "The portal's server has not answered in time.",
    remedy: 'Try again in a moment: what was asked for may have been done all the same.',
    correlationId: '',
  });
}

function refusal(response: Response, body: unknown): ApiProblem {
  const parsed = apiErrorSchema.safeParse(body);
  if (parsed.success) return new ApiProblem(response.status, parsed.data.error);
  return new ApiProblem(response.status, {
    code: 'UnreadableAnswer',
    message: `The portal's server answered with status ${response.status} and no explanation.`,
    remedy: 'Try again. A proxy between this computer and the portal may stand in the way.',
    correlationId: response.headers.get('x-correlation-id') ?? '',
  });
}
