import type { ArmResource, ClusterPath } from '@slipway/contract';
import { machinePowerSchema } from '@slipway/contract';
import type { JSX } from 'react';
import { MachinePower } from '../../cluster/machines/machine-power.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ResourceLink } from '../../components/resource-link.tsx';
import { listAt, textAt } from './json-reading.ts';
import type { Neighbours } from './neighbours.ts';
import { OverviewTable } from './overview-table.tsx';

/** A scale set: how many machines it is to have, and each of them with its state. */
export function ScaleSetOverview({
  resource,
  neighbours,
  cluster,
}: {
  resource: ArmResource;
  neighbours: Neighbours;
  cluster: ClusterPath | undefined;
}): JSX.Element {
  const capacity = textAt(resource, 'sku.capacity') ?? '?';
  const prefix = `${resource.id}/virtualMachines/`.toLowerCase();
  const instances = neighbours.all.filter(({ id }) => {
    const rest = id.toLowerCase().startsWith(prefix) ? id.slice(prefix.length) : '/';
    return !rest.includes('/');
  });
  return (
    <OverviewTable
      title="Instances"
      intro={`${instances.length} of ${capacity} ${capacity === '1' ? 'machine' : 'machines'}, made alike from one description.`}
      none={`It is to have ${capacity} machines, and has none.`}
      columns={['Name', 'Power', 'Provisioning', 'Computer name', 'Latest model', 'Machine']}
      rows={instances.map((instance) => ({
        key: instance.id,
        cells: [
          <ResourceLink key="instance" id={instance.id}>
            {instance.name}
          </ResourceLink>,
          <MachinePower key="power" power={powerOf(instance)} />,
          textAt(instance.properties, 'provisioningState'),
          textAt(instance.properties, 'osProfile.computerName'),
          textAt(instance.properties, 'latestModelApplied') === 'false' ? 'No' : 'Yes',
          cluster && (
            <PageLink
              key="machine"
              to="/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine"
              params={{ ...cluster, machine: instance.name }}
            >
              Start, stop, boot log
            </PageLink>
          ),
        ],
      }))}
    />
  );
}

function powerOf({ properties }: ArmResource) {
  const codes = listAt(properties, 'instanceView.statuses').flatMap((status) => textAt(status, 'code') ?? []);
  const said = codes.find((code) => /^PowerState\//i.test(code))?.slice('PowerState/'.length);
  return machinePowerSchema.safeParse(said?.toLowerCase()).data ?? 'unknown';
}
