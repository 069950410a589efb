import type { ClusterPath } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { useClusterResources } from '../api/cluster-resources.ts';
import { usePageStyles } from './page-styles.ts';
import { fullResourceName } from './resource-name.ts';
import { useTableStyles } from './table-styles.ts';

/** What is still there of a container service that is being deleted, asked again every few seconds. */
export function DeletionRest({ path }: { path: ClusterPath }): JSX.Element {
  const styles = usePageStyles();
  const table = useTableStyles();
  const { data: resources } = useClusterResources(path, true);
  return (
    <section className={styles.section} aria-labelledby="rest">
      <h2 className={styles.heading} id="rest">
        What is left{resources && ` (${resources.length})`}
      </h2>
      {resources && resources.length > 0 && (
        <table className={table.table}>
          <thead className={table.head}>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Name</th>
            </tr>
          </thead>
          <tbody>
            {resources.map((resource) => (
              <tr key={resource.id} className={table.row}>
                <td data-label="Type" className={table.name}>
                  {displayNameOfType(resource.type)}
                </td>
                <td data-label="Name">{fullResourceName(resource)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
