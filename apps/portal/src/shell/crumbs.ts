import { useMatches } from '@tanstack/react-router';

/** A place on the way to the page that is open. */
export interface Crumb {
  id: string;
  pathname: string;
  label: string;
}

/** The places that lead to the page that is open, from the outermost inwards. */
export const useCrumbs = (): Crumb[] =>
  useMatches({
    select: (matches) =>
      matches.flatMap(({ id, staticData: { crumb, crumbOfList }, params, pathname }) => [
        ...(crumbOfList === undefined
          ? []
          : [{ id: `${id} list`, pathname: pathname.replace(/\/[^/]+\/?$/, ''), label: crumbOfList }]),
        ...(crumb ? [{ id, pathname, label: crumb(params) }] : []),
      ]),
    structuralSharing: true,
  });
