import { routes, searchAnswerSchema } from '@slipway/contract';
import { keepPreviousData, queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** So many of each kind are shown. */
const limit = 5;

/** What has a text in its name. A search that is overtaken by the next one is given up. */
export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text.toLowerCase()],
    queryFn:
      text === ''
        ? skipToken
        : ({ signal }) => request(routes.search(text, limit), searchAnswerSchema, { signal }),
    staleTime: 15_000,
    gcTime: 60_000,
  });

/** The same for a person who types: what was found for the letters before stays until there is an answer. */
export const useSearch = (text: string) =>
  useQuery({ ...searchQuery(text), ...(text === '' ? {} : { placeholderData: keepPreviousData }) });
