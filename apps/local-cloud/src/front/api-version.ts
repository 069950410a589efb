import { ArmError } from '../arm-error.ts';
import { isPossibleVersion } from '../resources/version-check.ts';

/** The request's api-version, a date with an optional suffix; throws as Azure does when it is missing or malformed. */
export function checkApiVersion(query: URLSearchParams, now: Date): string {
  const sent = [...query].find(([name]) => name.toLowerCase() === 'api-version')?.[1];
  if (sent === undefined || sent === '')
    throw new ArmError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  const match = /^(\d{4}-\d{2}-\d{2})(?:-[a-z]+)?$/i.exec(sent);
  if (!match || Number.isNaN(Date.parse(match[1] ?? '')))
    throw new ArmError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${sent.slice(0, 80)}' is invalid. It must be a date in the form YYYY-MM-DD, with or without a suffix such as -preview.`,
    );
  if (!isPossibleVersion(sent, now))
    throw new ArmError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${sent}' is invalid. The supported versions are the dates of Azure's own, from 2014-01-01 until today.`,
    );
  return sent;
}
