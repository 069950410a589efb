import { Combobox, Field, Option } from '@fluentui/react-components';
import { operationWords } from '@slipway/topology';
import { type JSX, useState } from 'react';

/** Chooses an operation by the words that the log has for it: one of those found, or whatever is typed. */
export function OperationFilter({
  value,
  found,
  onChange,
}: {
  value: string;
  /** ARM's names of the operations that the log has shown so far. */
  found: ReadonlySet<string>;
  onChange: (value: string) => void;
}): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const all = [...new Set([...found].map(operationWords))].toSorted((one, other) => one.localeCompare(other));
  const typed = value.trim().toLowerCase();
  const isOneOfThem = all.some((words) => words.toLowerCase() === typed);
  // Whoever has chosen one sees the others when the list opens again.
  const offered = isOneOfThem ? all : all.filter((words) => words.toLowerCase().includes(typed));
  return (
    <Field label="Operation">
      <Combobox
        freeform
        clearable
        placeholder="All"
        autoComplete="off"
        spellCheck={false}
        expandIcon={{ 'aria-label': 'Show the operations', tabIndex: -1 }}
        positioning={{ autoSize: 'width' }}
        open={isOpen && offered.length > 0}
        onOpenChange={(_, { open }) => setIsOpen(open)}
        value={value}
        selectedOptions={isOneOfThem ? [value] : []}
        onInput={({ currentTarget }) => {
          setIsOpen(true);
          onChange(currentTarget.value);
        }}
        onOptionSelect={(event, { optionValue }) => {
          // Who types over a choice gives it up: that alone is told without a value, and without a click.
          if (optionValue !== undefined || event.type === 'click') onChange(optionValue ?? '');
        }}
      >
        {offered.map((words) => (
          <Option key={words} value={words}>
            {words}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
