import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { Breakable } from '../../components/breakable.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { nameInWords } from '@slipway/topology';
import { valueAt } from './json-reading.ts';
import { OverviewTable } from './overview-table.tsx';

/** A storage account: under which addresses its services are reached. */
export function StorageAccountOverview({ resource: { properties } }: { resource: ArmResource }): JSX.Element {
  const endpoints = valueAt(properties, 'primaryEndpoints');
  const rows = Object.entries(typeof endpoints === 'object' && endpoints !== null ? endpoints : {});
  return (
    <OverviewTable
      title="Endpoints"
      intro="Where each of its services is reached. Its keys are never shown here."
      none="It has no endpoints yet."
      columns={['Service', 'Address']}
      rows={rows.flatMap(([service, address]) =>
        typeof address === 'string'
          ? [
              {
                key: service,
                cells: [
                  nameInWords(service),
                  <span key="address">
                    <Breakable text={address} />{' '}
                    <CopyButton text={address} label={`Copy the address: ${nameInWords(service)}`} />
                  </span>,
                ],
              },
            ]
          : [],
      )}
    />
  );
}
