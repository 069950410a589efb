const words: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'NoContent',
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  429: 'TooManyRequests',
};

/** An HTTP status by its name, as ARM writes it in operations and in the activity log: for example `Created`. */
export function statusWord(status: number): string {
  return words[status] ?? (status >= 500 ? 'InternalServerError' : 'BadRequest');
}
