import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useTabStyles } from '../components/tab-styles.ts';
import { type DeploymentView, deploymentViewWords, deploymentViews } from './deployment-views.ts';

/** The views of a deployment, as links: the address tells which one is shown. */
export function DeploymentMenu({ view }: { view: DeploymentView }): JSX.Element {
  const styles = useTabStyles();
  return (
    <nav aria-label="Views of this deployment" className={styles.tabs}>
      {deploymentViews.map((each) => (
        <Link
          key={each}
          to="."
          search={(before) => ({ ...before, view: each === 'overview' ? undefined : each })}
          className={styles.tab}
          // Without it the link to what has nothing in the address would count as the present one in every view.
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{ 'aria-current': undefined }}
          aria-current={each === view ? 'page' : undefined}
        >
          {deploymentViewWords[each]}
        </Link>
      ))}
    </nav>
  );
}
