import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { listAt, textAt, valueAt } from './json-reading.ts';
import { OverviewTable } from './overview-table.tsx';

/** What ARM sees of a machine right now: its statuses, the agent inside of it, and its extensions. */
export function InstanceView({ resource }: { resource: ArmResource }): JSX.Element | null {
  const view = valueAt(resource.properties, 'instanceView');
  if (view === undefined) return null;
  const agent = valueAt(view, 'vmAgent');
  return (
    <>
      <OverviewTable
        title="Instance view"
        intro="What Azure sees of the machine right now, and of the VM agent that speaks for it from inside."
        none="Azure tells nothing of the machine yet."
        columns={['Status', 'Of', 'Message', 'Since']}
        rows={[
          ...statusRows('Machine', listAt(view, 'statuses')),
          ...statusRows(
            `VM agent ${textAt(agent, 'vmAgentVersion') ?? ''}`.trim(),
            listAt(agent, 'statuses'),
          ),
          ...listAt(view, 'disks').flatMap((disk) =>
            statusRows(`Disk ${textAt(disk, 'name') ?? ''}`, listAt(disk, 'statuses')),
          ),
        ]}
      />
      <OverviewTable
        title="Extensions"
        intro="What Azure runs inside of the machine to set it up, and how it ended."
        none="No extension runs in it."
        columns={['Name', 'Version', 'Status', 'Message']}
        rows={listAt(view, 'extensions').map((extension) => {
          const status = listAt(extension, 'statuses')[0];
          return {
            key: textAt(extension, 'name') ?? '',
            cells: [
              textAt(extension, 'name'),
              textAt(extension, 'typeHandlerVersion'),
              textAt(status, 'displayStatus') ?? textAt(status, 'code'),
              textAt(status, 'message'),
            ],
          };
        })}
      />
    </>
  );
}

function statusRows(of: string, statuses: readonly unknown[]) {
  return statuses.map((status, index) => {
    const time = textAt(status, 'time');
    return {
      key: `${of} ${textAt(status, 'code') ?? String(index)}`,
      cells: [
        textAt(status, 'displayStatus') ?? textAt(status, 'code'),
        of,
        textAt(status, 'message'),
        time && new Date(time).toLocaleString(),
      ],
    };
  });
}
