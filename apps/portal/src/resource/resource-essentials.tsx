import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import type { ArmResource } from '@slipway/contract';
import { displayNameOfType, nameInWords } from '@slipway/topology';
import { type JSX, useState } from 'react';
import { useResourceRelations } from '../api/resource.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { type Essential, Essentials } from '../cluster/essentials.tsx';
import { usePageStyles } from '../cluster/page-styles.ts';
import { Age } from '../components/age.tsx';
import { Breakable } from '../components/breakable.tsx';
import { PageLink } from '../components/page-link.tsx';
import { RegionName } from '../components/region-name.tsx';
import { ResourceLink } from '../components/resource-link.tsx';
import { EditableTags } from '../components/resource-list/tag-pills.tsx';
import { ownerIdOf, placeOf } from './resource-id.ts';

const useStyles = makeStyles({
  toggle: { justifySelf: 'start', marginLeft: '-6px', paddingInline: '6px' },
  title: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
});

/** What a resource is and where it belongs, in two columns that can be folded away. */
export function ResourceEssentials({
  resource,
  partOf,
}: {
  resource: ArmResource;
  partOf: string | undefined;
}): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const [isOpen, setIsOpen] = useState(true);
  const items = useEssentials(resource, partOf);
  return (
    <section className={pageStyles.section} aria-label="Essentials">
      <h2 className={pageStyles.heading}>
        <Button
          appearance="transparent"
          className={mergeClasses(styles.toggle, styles.title)}
          icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          Essentials
        </Button>
      </h2>
      {isOpen && <Essentials items={items} />}
    </section>
  );
}

function useEssentials(resource: ArmResource, partOf: string | undefined): Essential[] {
  const { id, type, location, tags, properties } = resource;
  const { subscriptionId, resourceGroup } = placeOf(id);
  const { data: subscriptions } = useSubscriptions();
  const { data: relations } = useResourceRelations(id);
  const subscription = subscriptions?.find((each) => each.subscriptionId === subscriptionId.toLowerCase());
  const ownerId = partOf ?? ownerIdOf(id);
  const state = textOf(properties?.['provisioningState']);
  const sku = skuText(resource['sku']);
  const created = textOf(properties?.['timeCreated']) ?? textOf(properties?.['creationTime']);
  const cluster = relations?.cluster;
  return [
    ...(resourceGroup === undefined
      ? []
      : [
          {
            label: 'Resource group',
            value: (
              <PageLink
                to="/resource-groups/$subscriptionId/$resourceGroup"
                params={{ subscriptionId, resourceGroup }}
              >
                <Breakable text={resourceGroup} />
              </PageLink>
            ),
            copyText: resourceGroup,
          },
        ]),
    { label: 'Type', value: `${displayNameOfType(type)} (${type})` },
    ...(ownerId === undefined
      ? []
      : [
          {
            label: 'Belongs to',
            value: <ResourceLink id={ownerId}>{placeOf(ownerId).name}</ResourceLink>,
          },
        ]),
    ...(cluster
      ? [
          {
            label: 'Container service',
            value: (
              <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name" params={cluster}>
                {cluster.name}
              </PageLink>
            ),
          },
        ]
      : []),
    ...(location === undefined
      ? []
      : [{ label: 'Location', value: <RegionName subscriptionId={subscriptionId} name={location} /> }]),
    ...(state === undefined ? [] : [{ label: 'Provisioning state', value: nameInWords(state) }]),
    { label: 'Subscription', value: subscription?.displayName ?? subscriptionId },
    { label: 'Subscription ID', value: subscriptionId, copyText: subscriptionId },
    ...(sku === undefined ? [] : [{ label: 'SKU', value: sku }]),
    ...(created === undefined ? [] : [{ label: 'Created', value: <Age at={created} /> }]),
    { label: 'Resource ID', value: <Breakable text={id} />, copyText: id },
    ...(partOf === undefined
      ? [
          {
            label: 'Tags',
            value: (
              <EditableTags tags={tags ?? {}}>
                {(words) => (
                  <ResourceLink id={id} view="tags">
                    {words}
                  </ResourceLink>
                )}
              </EditableTags>
            ),
          },
        ]
      : []),
  ];
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function skuText(sku: unknown): string | undefined {
  if (typeof sku !== 'object' || sku === null) return undefined;
  const name = 'name' in sku ? textOf(sku.name) : undefined;
  const tier = 'tier' in sku ? textOf(sku.tier) : undefined;
  if (name === undefined) return tier;
  return tier === undefined || tier === name ? name : `${name} (${tier})`;
}
