import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import type { ResourceGroup } from '@slipway/contract';
import { type JSX, useState } from 'react';
import { useClusters } from '../api/clusters.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { type Essential, Essentials } from '../cluster/essentials.tsx';
import { type GroupPath, placeKey } from '../cluster/topology/explorer/topology-place.ts';
import { narrowQuery, useMediaQuery } from '../components/media-query.ts';
import { PageLink } from '../components/page-link.tsx';
import { RegionName } from '../components/region-name.tsx';
import { EditableTags } from '../components/resource-list/tag-pills.tsx';

const useStyles = makeStyles({
  section: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  heading: { margin: 0, display: 'flex' },
  toggle: { marginLeft: '-6px', paddingInline: '6px', fontWeight: tokens.fontWeightSemibold },
});

/** What a resource group is and where it belongs. On a phone they are folded away at first: the drawing is what is wanted. */
export function GroupEssentials({
  path,
  group,
}: {
  path: GroupPath;
  /** Undefined while it is not known. */
  group: ResourceGroup | undefined;
}): JSX.Element {
  const styles = useStyles();
  const isNarrow = useMediaQuery(narrowQuery);
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? !isNarrow;
  const items = useEssentials(path, group);
  return (
    <section className={styles.section} aria-label="Essentials">
      <h2 className={styles.heading}>
        <Button
          appearance="transparent"
          className={styles.toggle}
          icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={isOpen}
          onClick={() => setChosen(!isOpen)}
        >
          Essentials
        </Button>
      </h2>
      {isOpen && <Essentials items={items} />}
    </section>
  );
}

function useEssentials(path: GroupPath, group: ResourceGroup | undefined): Essential[] {
  const { subscriptionId } = path;
  const { data: subscriptions } = useSubscriptions();
  const subscription = subscriptions?.find((each) => each.subscriptionId === subscriptionId.toLowerCase());
  const clusters = useClustersIn(path);
  return [
    { label: 'Subscription', value: subscription?.displayName ?? subscriptionId },
    { label: 'Subscription ID', value: subscriptionId, copyText: subscriptionId },
    {
      label: 'Location',
      value: group && <RegionName subscriptionId={subscriptionId} name={group.location} />,
    },
    { label: 'State', value: group?.provisioningState },
    ...(clusters.length === 0
      ? []
      : [
          {
            label: clusters.length === 1 ? 'Container service' : 'Container services',
            value: clusters.map((cluster, at) => (
              <span key={cluster.id}>
                {at > 0 && ', '}
                <PageLink
                  to="/clusters/$subscriptionId/$resourceGroup/$name"
                  params={{
                    subscriptionId: cluster.subscriptionId,
                    resourceGroup: cluster.resourceGroup,
                    name: cluster.name,
                  }}
                >
                  {cluster.name}
                </PageLink>
              </span>
            )),
          },
        ]),
    {
      label: 'Tags',
      value: group && (
        <EditableTags tags={group.tags}>
          {(words) => (
            <PageLink to="/resource-groups/$subscriptionId/$resourceGroup/tags" params={path}>
              {words}
            </PageLink>
          )}
        </EditableTags>
      ),
    },
  ];
}

/** The container services that live in a resource group. */
function useClustersIn(path: GroupPath) {
  const { data: clusters } = useClusters();
  const group = placeKey({ kind: 'group', path });
  return (clusters ?? []).filter((cluster) => placeKey({ kind: 'group', path: cluster }) === group);
}
