import type { ResourceGroup, Subscription } from '@slipway/contract';
import { type JSX, useId } from 'react';
import { useResourceGroups } from '../api/resource-groups.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { useTableStyles } from '../cluster/table-styles.ts';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { RegionName } from '../components/region-name.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { foundGroups } from './found-groups.ts';

/** The resource groups of one subscription that a search finds. */
export function SubscriptionGroups({
  subscription: { subscriptionId, displayName },
  query,
}: {
  subscription: Subscription;
  query: string;
}): JSX.Element {
  const styles = usePageStyles();
  const groups = useResourceGroups(subscriptionId);
  const problem = useShownProblem(groups);
  const headingId = useId();
  const found = foundGroups(groups.data ?? [], query);
  const retry = (): void => void groups.refetch();
  return (
    <section className={styles.section} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.heading}>
        {displayName}
      </h2>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={groups.dataUpdatedAt}
          title={groups.data ? 'The list may be out of date.' : 'The resource groups could not be read.'}
          onRetry={retry}
        />
      )}
      {groups.isPending && !problem && <SlowWait label="Reading the resource groups…" onRetry={retry} />}
      {groups.data && (
        <output className={styles.quiet}>{countSentence(found.length, groups.data.length)}</output>
      )}
      {found.length > 0 && <GroupTable subscriptionId={subscriptionId} groups={found} label={displayName} />}
    </section>
  );
}

function countSentence(found: number, all: number): string {
  if (all === 0) return 'There are no resource groups in this subscription.';
  if (found < all) return `${found} of ${all} resource groups`;
  return all === 1 ? '1 resource group' : `${all} resource groups`;
}

function GroupTable({
  subscriptionId,
  groups,
  label,
}: {
  subscriptionId: string;
  groups: readonly ResourceGroup[];
  label: string;
}): JSX.Element {
  const table = useTableStyles();
  return (
    <table className={table.table} aria-label={`Resource groups of ${label}`}>
      <thead className={table.head}>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Region</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ id, name, location, provisioningState }) => (
          <tr key={id} className={table.row}>
            <td data-label="Name">
              <PageLink
                className={table.name}
                to="/resource-groups/$subscriptionId/$resourceGroup"
                params={{ subscriptionId, resourceGroup: name }}
              >
                {name}
              </PageLink>
            </td>
            <td data-label="Region">
              <RegionName subscriptionId={subscriptionId} name={location} />
            </td>
            <td data-label="State">{provisioningState ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
