import type { TopologyNode } from '@slipway/topology';
import type { JSX } from 'react';
import { Essentials } from '../../cluster/essentials.tsx';
import { usePageStyles } from '../../cluster/page-styles.ts';

/** What the page says elsewhere. */
const saidElsewhere = new Set(['Region']);
/** Kinds whose facts are the tables below them. */
const toldByTables: ReadonlySet<TopologyNode['kind']> = new Set([
  'loadBalancer',
  'networkSecurityGroup',
  'virtualNetwork',
  'networkInterface',
]);

/** What a resource is for, in a sentence, and its key properties. */
export function KeyFacts({ node, isOfCluster }: { node: TopologyNode; isOfCluster: boolean }): JSX.Element {
  const styles = usePageStyles();
  const facts = toldByTables.has(node.kind)
    ? []
    : node.facts.filter(({ label, value }) => !saidElsewhere.has(label) && value !== '');
  return (
    <section className={styles.section} aria-labelledby="key-facts">
      <h2 className={styles.heading} id="key-facts">
        {isOfCluster ? node.title : 'What it is'}
      </h2>
      {(isOfCluster || node.kind !== 'virtualMachine') && <p className={styles.text}>{node.purpose}</p>}
      {facts.length > 0 && <Essentials items={facts} />}
    </section>
  );
}
