import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';

/** Says of a link to the wizard that it has no room for the tags. */
export function TagsStayBehind(): JSX.Element {
  const styles = usePageStyles();
  return <span className={styles.quiet}>The tags are not in the link: with them it would be too long.</span>;
}
