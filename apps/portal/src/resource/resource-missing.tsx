import { Title2, makeStyles, mergeClasses } from '@fluentui/react-components';
import type { JSX } from 'react';
import { isResourceId } from '@slipway/contract';
import { usePageStyles } from '../cluster/page-styles.ts';
import { LinkButton } from '../components/link-button.tsx';
import { ResourceLink } from '../components/resource-link.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { ownerIdOf, placeOf } from './resource-id.ts';

const useStyles = makeStyles({ name: { margin: 0, overflowWrap: 'anywhere' } });

/** In place of the page of a resource that does not exist (any more), with the ways back that its id tells. */
export function ResourceMissing({ id }: { id: string }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const { subscriptionId, resourceGroup, ownName } = placeOf(id);
  const ownerId = ownerIdOf(id);
  usePageTitle(ownName);
  return (
    <div className={mergeClasses(pageStyles.page, pageStyles.readable)}>
      <Title2 as="h1" className={styles.name}>
        There is no resource {ownName}
      </Title2>
      <p className={pageStyles.text}>
        {isResourceId(id)
          ? 'It may have been deleted, or its address has a mistake in it.'
          : 'This address is not that of a resource: behind “resources” it needs a whole resource ID.'}
      </p>
      <p className={mergeClasses(pageStyles.text, pageStyles.quiet)}>{id}</p>
      {ownerId !== undefined && isResourceId(ownerId) && (
        <span>
          <ResourceLink id={ownerId}>Go to {placeOf(ownerId).ownName}, which it belongs to</ResourceLink>
        </span>
      )}
      <div className={pageStyles.actions}>
        {resourceGroup === undefined ? (
          <LinkButton to="/resource-groups">Go to the resource groups</LinkButton>
        ) : (
          <LinkButton
            to="/resource-groups/$subscriptionId/$resourceGroup"
            params={{ subscriptionId, resourceGroup }}
          >
            Go to its resource group
          </LinkButton>
        )}
      </div>
    </div>
  );
}
