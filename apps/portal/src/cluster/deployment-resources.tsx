import type { DeploymentSnapshot } from '@slipway/contract';
import type { JSX } from 'react';
import { DeploymentRows } from './deployment-rows.tsx';
import { countSentence } from './deployment-words.ts';
import { usePageStyles } from './page-styles.ts';

/** The part of a deployment's page with its resources: how many are done, and each one's row. */
export function DeploymentResources({
  snapshot,
  now,
  atWork,
  noneSentence,
}: {
  snapshot: DeploymentSnapshot;
  now: number;
  atWork: boolean;
  /** What to say where there were none to the end. */
  noneSentence: string;
}): JSX.Element {
  const styles = usePageStyles();
  const { deployment, rows } = snapshot;
  const count = countSentence(snapshot);
  return (
    <section className={styles.section} aria-labelledby="rows">
      <h2 className={styles.heading} id="rows">
        Resources{count && ` (${count})`}
      </h2>
      <DeploymentRows
        deployment={deployment}
        rows={rows}
        now={now}
        atWork={atWork}
        emptySentence={atWork ? 'Azure Resource Manager has not begun with any resource yet.' : noneSentence}
      />
    </section>
  );
}
