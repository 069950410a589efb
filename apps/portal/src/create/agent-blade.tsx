import type { JSX } from 'react';
import { Blade } from './blade.tsx';
import { MachineSizeField } from './machine-size-field.tsx';
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
