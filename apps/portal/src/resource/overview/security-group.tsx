import type { ArmResource } from '@slipway/contract';
import type { TopologyNode } from '@slipway/topology';
import type { JSX } from 'react';
import { usePageStyles } from '../../cluster/page-styles.ts';
import { RelatedList } from '../related-list.tsx';
import { placeOf } from '../resource-id.ts';
import { typeOfId } from '../type-of-id.ts';
import { listAt, textAt, textsAt } from './json-reading.ts';
import { idsAt } from './neighbours.ts';
import { OverviewTable } from './overview-table.tsx';

/** A security group: what it lets in and out, in the order in which Azure looks, and what it guards. */
export function SecurityGroupOverview({
  resource: { properties },
  nodes,
}: {
  resource: ArmResource;
  nodes: readonly TopologyNode[];
}): JSX.Element {
  const styles = usePageStyles();
  const rules = [
    ...listAt(properties, 'securityRules'),
    ...listAt(properties, 'defaultSecurityRules'),
  ].toSorted((one, other) => priorityOf(one) - priorityOf(other));
  const words = new Map(nodes.map(({ id, title }) => [id, title]));
  const open = rules.filter(isOpenToInternet);
  const guarded = [...idsAt(properties, 'subnets'), ...idsAt(properties, 'networkInterfaces')];
  return (
    <>
      <section className={styles.section} aria-label="Open to the internet">
        <h2 className={styles.heading}>Open to the internet</h2>
        {open.length === 0 ? (
          <p className={styles.text}>Nothing: no rule admits connections from the internet.</p>
        ) : (
          <ul className={styles.list}>
            {open.map((rule) => (
              <li key={textAt(rule, 'name')}>
                {portsOf(rule)} ({textAt(rule, 'name')})
              </li>
            ))}
          </ul>
        )}
      </section>
      {(['Inbound', 'Outbound'] as const).map((direction) => (
        <OverviewTable
          key={direction}
          title={`${direction} rules`}
          intro="The first rule that fits decides; the rest is not looked at."
          none={`It has no ${direction.toLowerCase()} rules of its own: Azure’s default rules hold.`}
          columns={['Priority', 'Name', 'What it does', 'Description']}
          rows={rules
            .filter((rule) => textAt(rule, 'properties.direction') === direction)
            .map((rule) => ({
              key: textAt(rule, 'id') ?? '',
              cells: [
                <span key="priority" className={styles.oneLine}>
                  {textAt(rule, 'properties.priority')}
                </span>,
                textAt(rule, 'name'),
                words.get(textAt(rule, 'id')?.toLowerCase() ?? '') ?? plainWords(rule),
                textAt(rule, 'properties.description'),
              ],
            }))}
        />
      ))}
      <section className={styles.section} aria-label="What it guards">
        <h2 className={styles.heading}>What it guards</h2>
        {guarded.length === 0 ? (
          <p className={styles.text}>Nothing: no subnet and no interface names it.</p>
        ) : (
          <RelatedList
            related={guarded.map((id) => ({ id, name: placeOf(id).ownName, type: typeOfId(id) }))}
          />
        )}
      </section>
    </>
  );
}

const priorityOf = (rule: unknown): number => Number(textAt(rule, 'properties.priority') ?? Infinity);

function isOpenToInternet(rule: unknown): boolean {
  const sources = [
    textAt(rule, 'properties.sourceAddressPrefix'),
    ...textsAt(rule, 'properties.sourceAddressPrefixes'),
  ];
  return (
    textAt(rule, 'properties.direction') === 'Inbound' &&
    textAt(rule, 'properties.access') === 'Allow' &&
    sources.some(
      (source) => source !== undefined && /^(?:\*|any|internet|0\.0\.0\.0\/0|::\/0)$/i.test(source),
    )
  );
}

function portsOf(rule: unknown): string {
  const single = textAt(rule, 'properties.destinationPortRange');
  const ports = [
    ...(single === undefined ? [] : [single]),
    ...textsAt(rule, 'properties.destinationPortRanges'),
  ];
  const protocol = textAt(rule, 'properties.protocol') ?? '*';
  const name = protocol === '*' ? 'Every protocol' : protocol.toUpperCase();
  return ports.length === 0 || ports.includes('*') ? `${name}, every port` : `${name} ${ports.join(', ')}`;
}

const plainWords = (rule: unknown): string =>
  `${textAt(rule, 'properties.access') ?? ''}: ${portsOf(rule)} from ${textAt(rule, 'properties.sourceAddressPrefix') ?? 'anywhere'}`;
