import { isResourceId } from '@slipway/contract';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { asProblem } from '../api/client.ts';
import { isResourceMissing, useResource } from '../api/resource.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { DeletionUnderway } from './deletion-underway.tsx';
import { ResourceHead } from './resource-head.tsx';
import { placeOf } from './resource-id.ts';
import { ResourceMissing } from './resource-missing.tsx';
import { ResourceSkeleton } from './resource-skeleton.tsx';
import { ResourceTabs } from './resource-tabs.tsx';
import { ResourceViewContent } from './resource-view-content.tsx';
import { useResourceView } from './use-resource-view.ts';
import { viewWords } from './resource-views.ts';

/** Any resource of Azure Resource Manager, whoever made it, at the address of its id. */
export function ResourcePage(): JSX.Element {
  const splat = useParams({ from: '/resources/$', select: ({ _splat }) => _splat ?? '' });
  const id = `/${splat}`;
  return isResourceId(id) ? <AnyResource id={id} key={id.toLowerCase()} /> : <ResourceMissing id={id} />;
}

function AnyResource({ id }: { id: string }): JSX.Element {
  const styles = usePageStyles();
  const read = useResource(id);
  const problem = useShownProblem(read);
  const view = useResourceView(read.data?.resource.type);
  const { ownName } = placeOf(id);
  usePageTitle(viewWords[view], ownName);
  const refetch = (): void => void read.refetch();
  if (isResourceMissing(read.error)) return <ResourceMissing id={id} />;
  if (!read.data)
    return problem ? (
      <div className={styles.page}>
        <h1 className={styles.heading}>{ownName}</h1>
        <ProblemBar
          problem={problem}
          title={
            asProblem(problem).status === 403
              ? `You are not allowed to see ${ownName}.`
              : `${ownName} could not be read.`
          }
          onRetry={refetch}
        />
      </div>
    ) : (
      <ResourceSkeleton name={ownName} />
    );
  const { resource, partOf, deletion } = read.data;
  return (
    <>
      <ResourceHead resource={resource} isPart={partOf !== undefined} />
      <ResourceTabs resource={resource} view={view} isPart={partOf !== undefined} />
      {problem && (
        <div className={styles.page}>
          <ProblemBar
            problem={problem}
            readAt={read.dataUpdatedAt}
            title="This page may be out of date."
            onRetry={refetch}
          />
        </div>
      )}
      {deletion && (
        <div className={styles.page}>
          <DeletionUnderway id={resource.id} deletion={deletion} />
        </div>
      )}
      <ResourceViewContent view={view} resource={resource} partOf={partOf} />
    </>
  );
}
