import { Title2, makeStyles, mergeClasses } from '@fluentui/react-components';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { PageLink } from '../components/page-link.tsx';

const useStyles = makeStyles({ name: { margin: 0, overflowWrap: 'anywhere' } });

/** In place of the pages of a resource group that does not exist (any more). */
export function GroupMissing({ name }: { name: string }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  return (
    <div className={mergeClasses(pageStyles.page, pageStyles.readable)}>
      <Title2 as="h1" className={styles.name}>
        There is no resource group {name}
      </Title2>
      <p className={pageStyles.text}>
        It is not in this subscription: it may have been deleted, or it has another name.
      </p>
      <PageLink to="/resource-groups">Go to the resource groups</PageLink>
    </div>
  );
}
