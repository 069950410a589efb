import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { ResourceLink } from '../../components/resource-link.tsx';
import { HolderList } from './holder-list.tsx';
import { listAt, textAt } from './json-reading.ts';
import { type Neighbours, idsAt } from './neighbours.ts';
import { OptionalLink } from './optional-link.tsx';
import { OverviewTable } from './overview-table.tsx';

const lastOf = (id: string | undefined): string => id?.split('/').at(-1) ?? '—';
const keyOf = (item: unknown): string => textAt(item, 'id') ?? textAt(item, 'name') ?? '';
const protocolOf = (item: unknown): string =>
  (textAt(item, 'properties.protocol') ?? '').replace(/^(?:Tcp|Udp|Http|Https)$/i, (word) =>
    word.toUpperCase(),
  );

/** A load balancer from the outside inwards: its addresses, what comes in where, who is asked, and who answers. */
export function LoadBalancerOverview({
  resource: { properties },
  neighbours,
}: {
  resource: ArmResource;
  neighbours: Neighbours;
}): JSX.Element {
  return (
    <>
      <OverviewTable
        title="Frontend addresses"
        intro="Where connections arrive."
        none="It has no address yet, so nothing can arrive."
        columns={['Name', 'Address', 'DNS name', 'Public IP address']}
        rows={listAt(properties, 'frontendIPConfigurations').map((frontend) => {
          const id = textAt(frontend, 'properties.publicIPAddress.id');
          const address = neighbours.find(id)?.properties;
          return {
            key: keyOf(frontend),
            cells: [
              textAt(frontend, 'name'),
              textAt(address, 'ipAddress') ?? textAt(frontend, 'properties.privateIPAddress'),
              textAt(address, 'dnsSettings.fqdn'),
              <OptionalLink key="link" id={id} />,
            ],
          };
        })}
      />
      <OverviewTable
        title="Load balancing rules"
        intro="What arrives at a port is spread over the machines of a pool that answer the probe."
        none="No rule spreads connections over machines."
        columns={['Name', 'Arrives at', 'Goes to', 'Pool', 'Probe']}
        rows={listAt(properties, 'loadBalancingRules').map((rule) => ({
          key: keyOf(rule),
          cells: [
            textAt(rule, 'name'),
            `${protocolOf(rule)} ${textAt(rule, 'properties.frontendPort') ?? ''}`,
            `port ${textAt(rule, 'properties.backendPort') ?? '—'}`,
            lastOf(textAt(rule, 'properties.backendAddressPool.id')),
            lastOf(textAt(rule, 'properties.probe.id')),
          ],
        }))}
      />
      <OverviewTable
        title="Health probes"
        intro="Each machine is asked again and again; one that does not answer gets no new connections."
        none="No machine is asked whether it is well."
        columns={['Name', 'Asks', 'Every', 'Out after']}
        rows={listAt(properties, 'probes').map((probe) => {
          const failures =
            textAt(probe, 'properties.probeThreshold') ?? textAt(probe, 'properties.numberOfProbes') ?? '?';
          return {
            key: keyOf(probe),
            cells: [
              textAt(probe, 'name'),
              `${protocolOf(probe)} ${textAt(probe, 'properties.port') ?? ''}${textAt(probe, 'properties.requestPath') ?? ''}`,
              `${textAt(probe, 'properties.intervalInSeconds') ?? '?'} s`,
              failures === '1' ? '1 failure' : `${failures} failures`,
            ],
          };
        })}
      />
      <OverviewTable
        title="Backend pools"
        intro="The machines over which connections are spread."
        none="There is no pool of machines behind it."
        columns={['Name', 'Members']}
        rows={listAt(properties, 'backendAddressPools').map((pool) => ({
          key: keyOf(pool),
          cells: [
            textAt(pool, 'name'),
            <HolderList
              key="members"
              holders={idsAt(pool, 'properties.backendIPConfigurations').map((id) => neighbours.holder(id))}
            />,
          ],
        }))}
      />
      <OverviewTable
        title="Inbound NAT rules"
        intro="What arrives at a port of these goes to one machine and to no other."
        none="No port leads to one machine alone."
        columns={['Name', 'Arrives at', 'Goes to', 'Machine']}
        rows={listAt(properties, 'inboundNatRules').map((rule) => {
          const target = textAt(rule, 'properties.backendIPConfiguration.id');
          return {
            key: keyOf(rule),
            cells: [
              textAt(rule, 'name'),
              `${protocolOf(rule)} ${textAt(rule, 'properties.frontendPort') ?? rangeOf(rule)}`,
              `port ${textAt(rule, 'properties.backendPort') ?? '—'}`,
              target === undefined ? (
                'None yet'
              ) : (
                <ResourceLink key="machine" id={neighbours.holder(target).id}>
                  {lastOf(neighbours.holder(target).id)}
                </ResourceLink>
              ),
            ],
          };
        })}
      />
      {listAt(properties, 'outboundRules').length > 0 && (
        <OverviewTable
          title="Outbound rules"
          intro="How the machines of a pool reach the internet: under the address of a frontend."
          none=""
          columns={['Name', 'Protocol', 'Pool', 'Leaves as']}
          rows={listAt(properties, 'outboundRules').map((rule) => ({
            key: keyOf(rule),
            cells: [
              textAt(rule, 'name'),
              protocolOf(rule),
              lastOf(textAt(rule, 'properties.backendAddressPool.id')),
              idsAt(rule, 'properties.frontendIPConfigurations').map(lastOf).join(', '),
            ],
          }))}
        />
      )}
    </>
  );
}

function rangeOf(rule: unknown): string {
  const start = textAt(rule, 'properties.frontendPortRangeStart');
  return start === undefined ? '—' : `${start}–${textAt(rule, 'properties.frontendPortRangeEnd') ?? start}`;
}
