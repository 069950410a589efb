import { readResourceSchema, resourceRelationsSchema, routes } from '@slipway/contract';
import { isResourceAtWork } from '@slipway/topology';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { askingAgain } from './asking-again.ts';
import { ApiProblem, request } from './client.ts';

/** Between two looks at a resource: while something is being done with it, and at rest; in milliseconds. */
const workingMs = 3_000;
const atRestMs = 15_000;

/** Whether a resource that was asked for does not exist (any more), or can never be one: its id is none. */
export const isResourceMissing = (thrown: unknown): boolean =>
  thrown instanceof ApiProblem && (thrown.code === 'ResourceNotFound' || thrown.code === 'InvalidRequest');

const keyOf = (id: string): readonly string[] => ['resource', id.toLowerCase()];

/** What begins all that is known of one resource. */
export const resourceKey = keyOf;

/** One resource as ARM returns it; asked again while somebody looks. */
export const resourceQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => request(routes.resource(id), readResourceSchema, { signal }),
    refetchInterval: ({ state: { data, error } }) => {
      if (isResourceMissing(error)) return false;
      return askingAgain(
        error,
        data && (data.deletion || isResourceAtWork(data.resource)) ? workingMs : atRestMs,
      );
    },
  });

export const useResource = (id: string) => useQuery(resourceQuery(id));

/** What a resource has to do with others, and the container service that it belongs to. */
export const useResourceRelations = (id: string) =>
  useQuery({
    queryKey: [...keyOf(id), 'relations'],
    queryFn: ({ signal }) => request(routes.resourceRelations(id), resourceRelationsSchema, { signal }),
  });
