import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { Essentials } from '../../cluster/essentials.tsx';
import { usePageStyles } from '../../cluster/page-styles.ts';
import { listAt, textAt } from './json-reading.ts';
import { idsAt } from './neighbours.ts';
import { OptionalLink } from './optional-link.tsx';
import { OverviewTable } from './overview-table.tsx';

/** A network interface: whose it is, its addresses, and where each of them belongs. */
export function NetworkInterfaceOverview({
  resource: { properties },
}: {
  resource: ArmResource;
}): JSX.Element {
  const styles = usePageStyles();
  return (
    <>
      <section className={styles.section} aria-label="What it joins">
        <h2 className={styles.heading}>What it joins</h2>
        <Essentials
          items={[
            { label: 'Machine', value: <OptionalLink id={textAt(properties, 'virtualMachine.id')} /> },
            {
              label: 'Security group',
              value: <OptionalLink id={textAt(properties, 'networkSecurityGroup.id')} />,
            },
            { label: 'MAC address', value: textAt(properties, 'macAddress') },
            { label: 'Accelerated', value: yesNo(textAt(properties, 'enableAcceleratedNetworking')) },
          ]}
        />
      </section>
      <OverviewTable
        title="IP configurations"
        intro="Each address of the interface, the subnet that it is from, and the load balancers that send to it."
        none="It has no address."
        columns={['Name', 'Private address', 'Subnet', 'Public IP address', 'Load balancer']}
        rows={listAt(properties, 'ipConfigurations').map((configuration) => ({
          key: textAt(configuration, 'id') ?? textAt(configuration, 'name') ?? '',
          cells: [
            textAt(configuration, 'name'),
            addressOf(configuration),
            <OptionalLink key="subnet" id={textAt(configuration, 'properties.subnet.id')} />,
            <OptionalLink key="address" id={textAt(configuration, 'properties.publicIPAddress.id')} />,
            <OptionalLink
              key="balancer"
              id={idsAt(configuration, 'properties.loadBalancerBackendAddressPools')[0]?.replace(
                /\/backendAddressPools\/.*$/i,
                '',
              )}
            />,
          ],
        }))}
      />
    </>
  );
}

function addressOf(configuration: unknown): string | undefined {
  const address = textAt(configuration, 'properties.privateIPAddress');
  const method = textAt(configuration, 'properties.privateIPAllocationMethod');
  return address === undefined || method === undefined ? address : `${address} (${method.toLowerCase()})`;
}

const yesNo = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : value === 'true' ? 'Yes' : 'No';
