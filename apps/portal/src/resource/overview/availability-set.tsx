import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { ResourceLink } from '../../components/resource-link.tsx';
import { placeOf } from '../resource-id.ts';
import { textAt } from './json-reading.ts';
import { type Neighbours, idsAt } from './neighbours.ts';
import { OverviewTable } from './overview-table.tsx';

/** An availability set: which machines stand in which fault domain, so that no one failure takes all. */
export function AvailabilitySetOverview({
  resource: { properties },
  neighbours,
}: {
  resource: ArmResource;
  neighbours: Neighbours;
}): JSX.Element {
  const machines = idsAt(properties, 'virtualMachines').map((id) => {
    const view = neighbours.find(id)?.properties;
    return {
      id,
      fault: textAt(view, 'instanceView.platformFaultDomain'),
      update: textAt(view, 'instanceView.platformUpdateDomain'),
    };
  });
  const faults = Number(textAt(properties, 'platformFaultDomainCount') ?? 0);
  const rows = Array.from({ length: faults }, (_, number) => ({
    key: String(number),
    label: `Fault domain ${number}`,
    inside: machines.filter(({ fault }) => fault === String(number)),
  }));
  const elsewhere = machines.filter(({ fault }) => fault === undefined || Number(fault) >= faults);
  return (
    <OverviewTable
      title="Fault domains and machines"
      intro={`A fault domain is a rack with its own power and network: what fails there takes only the machines of one row. Azure’s own updates take one of ${textAt(properties, 'platformUpdateDomainCount') ?? 'several'} update domains at a time.`}
      none="Nothing is known of its fault domains."
      columns={['Fault domain', 'Machines']}
      rows={[
        ...rows,
        ...(elsewhere.length > 0 ? [{ key: 'unknown', label: 'Not told', inside: elsewhere }] : []),
      ].map(({ key, label, inside }) => ({
        key,
        cells: [
          label,
          inside.length === 0 ? (
            'None'
          ) : (
            <span key="machines">
              {inside.map(({ id, update }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <ResourceLink id={id}>{placeOf(id).ownName}</ResourceLink>
                  {update !== undefined && ` (update domain ${update})`}
                </span>
              ))}
            </span>
          ),
        ],
      }))}
    />
  );
}
