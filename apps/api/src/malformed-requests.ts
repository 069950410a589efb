import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, errorBody } from './api-error.ts';
import { handleError } from './error-handler.ts';

/** Answers a request whose address cannot be read (for example `/api/%zz`): no route, and no hook, ever sees it. */
export function answerBadAddress(thrown: Error, request: FastifyRequest, reply: FastifyReply): void {
  const error = new ApiError('InvalidRequest', `The address cannot be read: ${thrown.message}`, {
    fields: [{ path: 'url', message: thrown.message }],
  });
  void handleError(error, request, reply.header('x-correlation-id', request.id));
}

const connectionErrors: Readonly<Record<string, { status: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    message: "The request's headers are larger than 16 kB.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    message: 'The request did not come to its end.',
  },
};
const noHttp = { status: '400 Bad Request', message: 'The request is no valid HTTP.' };

/** Answers what Node itself cannot take for a request, and closes the connection. */
export function answerBadConnection(error: Error & { code?: string | undefined }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, message } = connectionErrors[error.code ?? ''] ?? noHttp;
  const body = JSON.stringify({ error: errorBody(new ApiError('InvalidRequest', message), randomUUID()) });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
