import type { FieldError } from '@slipway/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ApiError, errorBody } from './api-error.ts';
import { explainArmFailure } from './arm/arm-failure.ts';

/** Answers any thrown value in the API's error form; what is nobody's mistake but the program's is logged in full. */
export function handleError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toApiError(thrown);
  if (error.status >= 500) request.log.error({ err: error.cause ?? error }, error.message);
  else request.log.info({ code: error.code, fields: error.fields.map((field) => field.path) }, error.message);
  if (error.retryAfterMs !== undefined)
    void reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  return reply
    .code(error.status)
    .type('application/json')
    .send({ error: errorBody(error, request.id) });
}

/** Answers an address that no route has. */
export function handleUnknownAddress(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return handleError(
    new ApiError('NotFound', `There is nothing at ${request.method} ${request.url.split('?', 1)[0] ?? ''}.`),
    request,
    reply,
  );
}

const statusErrors = {
  413: ['PayloadTooLarge', 'The request is larger than 256 kB.'],
  415: ['UnsupportedMediaType', 'The body must be JSON, with the content type application/json.'],
  429: ['TooManyRequests', 'Too many attempts in a short time.'],
} as const;

function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) return invalidRequest(thrown);
  const explained = explainArmFailure(thrown);
  if (explained instanceof ApiError) return explained;
  const status = thrown instanceof Error ? (thrown as Partial<FastifyError>).statusCode : undefined;
  if (status === 413 || status === 415 || status === 429) {
    const [code, message] = statusErrors[status];
    return new ApiError(code, message);
  }
  if (thrown instanceof Error && status !== undefined && status >= 400 && status < 500)
    return new ApiError('InvalidRequest', `The request cannot be read: ${thrown.message}`, {
      fields: [{ path: 'body', message: thrown.message }],
      status,
    });
  return new ApiError('Internal', 'The portal met an unexpected error.', { cause: thrown });
}

interface SchemaIssue {
  instancePath: string;
  message?: string | undefined;
}

/** A request that breaks its schema: every issue with the path of its field; a spec's paths start at the spec. */
function invalidRequest(thrown: {
  validation: readonly SchemaIssue[];
  validationContext?: string | undefined;
}): ApiError {
  const context = thrown.validationContext ?? 'body';
  const fields = thrown.validation.map((issue): FieldError => {
    const path = issue.instancePath.replace(/^\//, '').replaceAll('/', '.');
    return { path: path === '' ? context : path, message: issue.message ?? 'This value is wrong.' };
  });
  const ofSpec = fields.length > 0 && fields.every((field) => /^spec(\.|$)/.test(field.path));
  if (!ofSpec)
    return new ApiError('InvalidRequest', `The request is not valid: ${sentence(fields)}`, { fields });
  const specFields = fields.map((field) => ({ ...field, path: field.path.replace(/^spec\./, '') }));
  return new ApiError('InvalidSpec', `The cluster's values are not valid: ${sentence(specFields)}`, {
    fields: specFields,
  });
}

function sentence(fields: readonly FieldError[]): string {
  const [first] = fields;
  if (!first) return 'no details are known.';
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : '';
  return `${first.path}: ${first.message}${more}`;
}
