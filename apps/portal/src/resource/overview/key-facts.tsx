import type { ArmResource } from '@slipway/contract';
import { buildTopology } from '@slipway/topology';
import { type JSX, useMemo } from 'react';
import { Essentials } from '../../cluster/essentials.tsx';
import { usePageStyles } from '../../cluster/page-styles.ts';

/** What a resource is for, in a sentence, and its key properties. */
export function KeyFacts({ resource }: { resource: ArmResource }): JSX.Element | null {
  const styles = usePageStyles();
  const node = useMemo(() => {
    const { nodes } = buildTopology({ serviceName: '', resources: [resource] });
    return nodes.find(({ id }) => id === resource.id.toLowerCase());
  }, [resource]);
  if (!node) return null;
  const facts = node.facts.filter(({ label }) => label !== 'Region');
  return (
    <section className={styles.section} aria-labelledby="key-facts">
      <h2 className={styles.heading} id="key-facts">
        What it is
      </h2>
      <p className={styles.text}>{node.purpose}</p>
      {facts.length > 0 && <Essentials items={facts} />}
    </section>
  );
}
