import type { MachineSize, MachineSizes } from '@slipway/contract';
import type { JSX } from 'react';
import { useMachineSizes } from '../api/machine-sizes.ts';
import { PageLink } from '../components/page-link.tsx';
import { Blade } from './blade.tsx';
import type { Choice } from './choices.ts';
import { parseCount } from './draft.ts';
import { FormField } from './form-field.tsx';
import { type MachineCounts, bySize, coresNeeded, sizeObstacle, sizeSummary } from './machine-choice.ts';
import { ReadingProblem } from './reading-problem.tsx';
import { SearchSelect } from './search-select.tsx';
import { TextField } from './text-field.tsx';
import { useWizard } from './wizard-context.ts';

/** How many agents there are, and how large the machines are. */
export function AgentBlade(): JSX.Element {
  const { draft, changeAgent } = useWizard();
  return (
    <Blade step="agent">
      <TextField
        path="agent.count"
        value={draft.agent.count}
        onChange={(count) => changeAgent({ count })}
        placeholder="3"
        info="Agents run your containers. You can add and remove agents later."
        below="From 1 to 100."
        inputMode="numeric"
        maxLength={6}
      />
      <MachineSizeField />
    </Blade>
  );
}

function MachineSizeField(): JSX.Element {
  const { draft, changeAgent } = useWizard();
  const { subscriptionId, region } = draft.basics;
  const query = useMachineSizes(subscriptionId, region);
  const machines = { masters: draft.master.count, agents: parseCount(draft.agent.count) };
  const known = query.data;
  const choices = region
    ? known?.sizes.toSorted(bySize).map((size) => sizeChoice(size, known, machines))
    : [];
  return (
    <FormField
      path="agent.machineSize"
      info="What each machine has. Masters and agents are of the same size."
      below={
        region ? (
          known && <Quota sizes={known} chosen={draft.agent.machineSize} machines={machines} />
        ) : (
          <span>
            Choose a region in{' '}
            <PageLink to="/create" search={{ step: 'basics' }} inline>
              Basics
            </PageLink>{' '}
            to see the sizes that it offers.
          </span>
        )
      }
    >
      {(control) => (
        <>
          <SearchSelect
            control={control}
            choices={choices}
            value={draft.agent.machineSize}
            onChange={(machineSize) => changeAgent({ machineSize })}
            placeholder="Search by name, vCPUs or memory"
            empty={region ? 'The region offers no size that a cluster can use.' : 'Choose a region first.'}
          />
          <ReadingProblem query={query} title="The machine sizes could not be read." />
        </>
      )}
    </FormField>
  );
}

function sizeChoice(size: MachineSize, known: MachineSizes, machines: MachineCounts): Choice {
  const left = size.familyCoresLeft;
  return {
    value: size.name,
    text: size.name,
    detail: [sizeSummary(size), left === undefined ? '' : `${left} vCPUs left in its family's quota`]
      .filter(Boolean)
      .join(' · '),
    obstacle: sizeObstacle(size, known, machines),
  };
}

function Quota({
  sizes,
  chosen,
  machines,
}: {
  sizes: MachineSizes;
  chosen: string;
  machines: MachineCounts;
}): JSX.Element {
  const size = sizes.sizes.find(({ name }) => name === chosen);
  const needed = size && coresNeeded(size, machines);
  const { regionCoresLeft, regionCoresLimit } = sizes;
  return (
    <>
      {size && <div>{sizeSummary(size)} each.</div>}
      {needed !== undefined && (
        <div>
          {machines.masters} {machines.masters === 1 ? 'master' : 'masters'} and {machines.agents}{' '}
          {machines.agents === 1 ? 'agent' : 'agents'} need {needed} vCPUs.
        </div>
      )}
      {regionCoresLeft !== undefined && (
        <div>
          The region's quota has {regionCoresLeft}
          {regionCoresLimit !== undefined && ` of ${regionCoresLimit}`} vCPUs left.
        </div>
      )}
    </>
  );
}
