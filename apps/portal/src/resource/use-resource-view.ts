import { useSearch } from '@tanstack/react-router';
import type { ResourceView } from './resource-views.ts';
import { hasOverview } from './type-overviews.ts';

/** Which view the address names; without one the overview of its type, where there is one. */
export function useResourceView(type: string | undefined): ResourceView {
  const { view } = useSearch({ from: '/resources/$' });
  const first = type === undefined || hasOverview(type) ? 'overview' : 'properties';
  return view === undefined || (view === 'overview' && first !== 'overview') ? first : view;
}
