import type { JSX, ReactNode } from 'react';
import type { ResourceView } from '../resource/resource-views.ts';
import { PageLink } from './page-link.tsx';
import { resourceSplat } from './resource-address.ts';

/** A text link to the page of a resource, or of a part of one. */
export function ResourceLink({
  id,
  view,
  inline = false,
  className,
  children,
}: {
  /** Its ARM id. */
  id: string;
  view?: ResourceView;
  inline?: boolean;
  className?: string;
  children: ReactNode;
}): JSX.Element {
  return (
    <PageLink
      to="/resources/$"
      params={{ _splat: resourceSplat(id) }}
      search={view === undefined ? {} : { view }}
      inline={inline}
      {...(className === undefined ? {} : { className })}
    >
      {children}
    </PageLink>
  );
}
