import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { useResourceRelations } from '../api/resource.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { RelatedSection } from './related-section.tsx';

/** What a resource refers to, what refers to it, and what goes with it. */
export function RelationsView({ resource }: { resource: ArmResource }): JSX.Element {
  const styles = usePageStyles();
  const relations = useResourceRelations(resource.id);
  const problem = useShownProblem(relations);
  if (relations.isPending && !problem)
    return <SlowWait inline label="Reading what it has to do with others…" />;
  return (
    <>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={relations.dataUpdatedAt}
          title={relations.data ? 'This list may be out of date.' : 'The relations could not be read.'}
          onRetry={() => void relations.refetch()}
        />
      )}
      {relations.data && (
        <>
          <p className={styles.text}>
            From the IDs in the properties of the resources of its resource group. What other groups refer to
            is not looked at.
          </p>
          <RelatedSection
            title="It uses"
            none="It refers to no other resource."
            related={relations.data.uses}
          />
          <RelatedSection
            title="Used by"
            none="No other resource of its group refers to it."
            related={relations.data.usedBy}
          />
          <RelatedSection
            title="Goes with it"
            none="Nothing else is deleted together with it."
            related={relations.data.contains}
          />
        </>
      )}
    </>
  );
}
