import { request } from 'node:http';
import { type Socket, connect } from 'node:net';
import { type ApiErrorBody, apiErrorSchema, csrfHeader, routes, sessionSchema } from '@slipway/contract';

/** A request exactly as it is to go over the wire: nothing is encoded, corrected or refused on the way. */
export interface RawRequest {
  method: string;
  /** Only characters that a request line can hold. */
  url: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  /** Sends the body in chunks, without telling its length before. */
  chunked?: boolean;
}

/** What came back; `text` is the whole body. */
export interface RawAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

const answerLimitMs = 10_000;

/** Sends a request; rejects when the answer has not come to its end in ten seconds. */
export function sendRaw(
  address: string,
  { method, url, headers, body, chunked = false }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    // Node frames the body of a DELETE only when it is told to.
    const framed =
      body === undefined
        ? headers
        : {
            ...headers,
            ...(chunked
              ? { 'transfer-encoding': 'chunked' }
              : { 'content-length': String(Buffer.byteLength(body)) }),
          };
    const sent = request({ hostname, port, method, path: url, headers: framed }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    sent.setTimeout(answerLimitMs, () => sent.destroy(new Error(`No answer: ${method} ${url}`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes bytes to a connection and answers everything that comes back until it is closed. */
export function sendBytes(address: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    let text = '';
    const socket: Socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(answerLimitMs, () => socket.destroy(new Error('The connection was left open.')));
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

/** The headers that a browser with a session sends along. */
export async function sessionHeaders(address: string): Promise<Record<string, string>> {
  const answer = await sendRaw(address, { method: 'GET', url: routes.session() });
  const cookie = [answer.headers['set-cookie']].flat()[0]?.split(';', 1)[0] ?? '';
  return { cookie, [csrfHeader]: sessionSchema.parse(JSON.parse(answer.text)).csrfToken };
}

/** The error of an answer; throws when it is not in the contract's form. */
export function errorIn({ headers, text }: RawAnswer): ApiErrorBody['error'] {
  if (!String(headers['content-type']).startsWith('application/json'))
    throw new Error(`Not JSON: ${String(headers['content-type'])} ${text}`);
  return apiErrorSchema.parse(JSON.parse(text)).error;
}
