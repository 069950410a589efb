import type { RelatedResource } from '@slipway/contract';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { RelatedList } from './related-list.tsx';

/** Resources that one has to do with in one way, or a sentence that there are none. */
export function RelatedSection({
  title,
  none,
  related,
}: {
  title: string;
  none: string;
  related: readonly RelatedResource[];
}): JSX.Element {
  const styles = usePageStyles();
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {related.length === 0 ? <p className={styles.text}>{none}</p> : <RelatedList related={related} />}
    </section>
  );
}
