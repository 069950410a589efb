import { mergeClasses } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { type JSX, Suspense, lazy } from 'react';
import { patiently } from '../api/page-code.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { JsonView } from './json-view.tsx';
import { PropertiesView } from './properties-view.tsx';
import { RelationsView } from './relations-view.tsx';
import { ResourceEssentials } from './resource-essentials.tsx';
import { hasOverview } from './type-overviews.ts';
import { type ResourceView, viewWords } from './resource-views.ts';

const TypeOverview = lazy(
  patiently(async () => ({ default: (await import('./overview/type-overview.tsx')).TypeOverview })),
);

const ActivityLog = lazy(
  patiently(async () => ({ default: (await import('../activity/activity-log.tsx')).ActivityLog })),
);
const ResourceTags = lazy(
  patiently(async () => ({ default: (await import('./resource-tags.tsx')).ResourceTags })),
);
const LocksList = lazy(
  patiently(async () => ({ default: (await import('../governance/locks-list.tsx')).LocksList })),
);

/** One view of a resource. */
export function ResourceViewContent({
  view,
  resource,
  partOf,
}: {
  view: ResourceView;
  resource: ArmResource;
  partOf: string | undefined;
}): JSX.Element {
  const styles = usePageStyles();
  const isFirst = view === (hasOverview(resource.type) ? 'overview' : 'properties');
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      {isFirst && <ResourceEssentials resource={resource} partOf={partOf} />}
      <Suspense fallback={<SlowWait inline label={`Loading: ${viewWords[view]}…`} />}>
        <ViewOf view={view} resource={resource} />
      </Suspense>
    </div>
  );
}

function ViewOf({ view, resource }: { view: ResourceView; resource: ArmResource }): JSX.Element {
  switch (view) {
    case 'overview':
      return <TypeOverview resource={resource} />;
    case 'relations':
      return <RelationsView resource={resource} />;
    case 'activity':
      return <ActivityLog scope={resource.id} />;
    case 'tags':
      return <ResourceTags id={resource.id} />;
    case 'locks':
      return <LocksList scope={resource.id} />;
    case 'json':
      return <JsonView resource={resource} />;
    case 'properties':
      return <PropertiesView resource={resource} />;
  }
}
