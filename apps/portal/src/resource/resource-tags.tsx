import type { JSX } from 'react';
import { useResourceRelations } from '../api/resource.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { PageLink } from '../components/page-link.tsx';
import { TagsEditor } from '../governance/tags-editor.tsx';

/** The tags of a resource; of one that belongs to a container service it says how long a change of them lasts. */
export function ResourceTags({ id }: { id: string }): JSX.Element {
  const pageStyles = usePageStyles();
  const { data: relations } = useResourceRelations(id);
  const cluster = relations?.cluster;
  return (
    <TagsEditor scope={id}>
      {cluster && (
        <p className={pageStyles.text}>
          It belongs to{' '}
          <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name" params={cluster}>
            {cluster.name}
          </PageLink>
          , whose every deployment sets its tags back to those of the container service: what is changed here
          lasts until then.
        </p>
      )}
    </TagsEditor>
  );
}
