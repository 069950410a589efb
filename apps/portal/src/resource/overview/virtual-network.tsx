import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { ResourceLink } from '../../components/resource-link.tsx';
import { HolderList } from './holder-list.tsx';
import { listAt, textAt, textsAt } from './json-reading.ts';
import { type Neighbours, idsAt } from './neighbours.ts';
import { OptionalLink } from './optional-link.tsx';
import { OverviewTable } from './overview-table.tsx';

/** A network: its ranges, its subnets, and who is in them with which address. */
export function VirtualNetworkOverview({
  resource: { properties },
  neighbours,
}: {
  resource: ArmResource;
  neighbours: Neighbours;
}): JSX.Element {
  return (
    <>
      <OverviewTable
        title="Address space"
        intro="The ranges of private addresses that subnets are cut from."
        none="It has no ranges of addresses."
        columns={['Range', 'Addresses']}
        rows={textsAt(properties, 'addressSpace.addressPrefixes').map((range) => ({
          key: range,
          cells: [range, addressCount(range)],
        }))}
      />
      <OverviewTable
        title="Subnets"
        intro="Parts of the network, each with the security group that guards it and those who have an address in it. Azure keeps five addresses of each for itself."
        none="It has no subnets: nothing can be in it."
        columns={['Name', 'Range', 'Security group', 'Who is in it']}
        rows={listAt(properties, 'subnets').map((subnet) => {
          const id = textAt(subnet, 'id') ?? '';
          const name = textAt(subnet, 'name') ?? id;
          return {
            key: id,
            cells: [
              <ResourceLink key="subnet" id={id}>
                {name}
              </ResourceLink>,
              rangesOf(subnet),
              <OptionalLink key="guard" id={textAt(subnet, 'properties.networkSecurityGroup.id')} />,
              <HolderList key="holders" holders={holdersIn(id, subnet, neighbours)} />,
            ],
          };
        })}
      />
    </>
  );
}

/** A subnet by itself. */
export function SubnetOverview({
  resource,
  neighbours,
}: {
  resource: ArmResource;
  neighbours: Neighbours;
}): JSX.Element {
  const holders = holdersIn(resource.id, resource, neighbours);
  return (
    <OverviewTable
      title="Who is in it"
      intro={`Those who have an address of ${rangesOf(resource)}.`}
      none="Nobody has an address in it."
      columns={['Address', 'Who']}
      rows={holders.map(({ id, address }) => ({
        key: `${id} ${address ?? ''}`,
        cells: [address, <OptionalLink key="who" id={id} />],
      }))}
    />
  );
}

const rangesOf = (subnet: unknown): string =>
  textAt(subnet, 'properties.addressPrefix') ?? textsAt(subnet, 'properties.addressPrefixes').join(', ');

/** As the network says; a scale set's interfaces are asked themselves, for it does not name all of them. */
function holdersIn(subnetId: string, subnet: unknown, neighbours: Neighbours) {
  const named = idsAt(subnet, 'properties.ipConfigurations');
  const found = neighbours.all.flatMap((each) =>
    listAt(each.properties, 'ipConfigurations').flatMap((configuration) =>
      textAt(configuration, 'properties.subnet.id')?.toLowerCase() === subnetId.toLowerCase()
        ? (textAt(configuration, 'id') ?? [])
        : [],
    ),
  );
  const ids = new Map([...named, ...found].map((id) => [id.toLowerCase(), id]));
  return [...ids.values()]
    .map((id) => neighbours.holder(id))
    .toSorted((one, other) =>
      (one.address ?? '').localeCompare(other.address ?? '', 'en', { numeric: true }),
    );
}

function addressCount(range: string): string | undefined {
  const length = /^[\d.]+\/(\d+)$/.exec(range)?.[1];
  return length === undefined ? undefined : (2 ** (32 - Number(length))).toLocaleString();
}
