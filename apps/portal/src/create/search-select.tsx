import { Combobox, Option, OptionGroup, makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, useState } from 'react';
import type { FieldControl } from './form-field.tsx';
import { type Choice, groupChoices, matchingChoices } from './choices.ts';

const useStyles = makeStyles({
  root: { minWidth: 0, width: '100%' },
  listbox: { maxHeight: '320px' },
  option: { display: 'grid', minWidth: 0, overflowWrap: 'anywhere' },
  detail: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

/**
 * A list to choose one of, found by typing. Choices that cannot be chosen stay in the list and say why.
 * `choices` is undefined while they are read.
 */
export function SearchSelect({
  control,
  choices,
  value,
  onChange,
  placeholder,
  empty,
}: {
  control: FieldControl;
  choices: readonly Choice[] | undefined;
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  /** What to say when there is nothing to choose from. */
  empty: string;
}): JSX.Element {
  const styles = useStyles();
  const [query, setQuery] = useState<string | undefined>(undefined);
  const selected = choices?.find((choice) => choice.value === value);
  const matching = matchingChoices(choices ?? [], query ?? '');
  const nothing = choices === undefined ? 'Loading…' : choices.length === 0 ? empty : 'Nothing matches.';
  return (
    <Combobox
      {...control}
      className={styles.root}
      listbox={{ className: styles.listbox }}
      positioning={{ autoSize: 'width', matchTargetSize: 'width' }}
      // Named by its own words: under the field's label there is one control.
      expandIcon={{ 'aria-label': 'Show the choices', tabIndex: -1 }}
      placeholder={placeholder}
      value={query ?? selected?.text ?? value}
      selectedOptions={value ? [value] : []}
      onInput={(event) => setQuery(event.currentTarget.value)}
      onOptionSelect={(_, data) => {
        setQuery(undefined);
        if (data.optionValue) onChange(data.optionValue);
      }}
      onOpenChange={(_, data) => {
        if (!data.open) setQuery(undefined);
      }}
    >
      {matching.length === 0 && (
        <Option key="nothing" value="" text="" disabled checkIcon={null}>
          {nothing}
        </Option>
      )}
      {groupChoices(matching).map(({ group, members }) => {
        const options = members.map((choice) => (
          <Option
            key={choice.value}
            value={choice.value}
            text={choice.text}
            disabled={choice.obstacle !== undefined}
          >
            <span className={styles.option}>
              <span>{choice.text}</span>
              {choice.detail && <span className={styles.detail}>{choice.detail}</span>}
              {choice.obstacle && <span className={styles.detail}>{choice.obstacle}</span>}
            </span>
          </Option>
        ));
        return group === undefined ? (
          options
        ) : (
          <OptionGroup key={group} label={group}>
            {options}
          </OptionGroup>
        );
      })}
    </Combobox>
  );
}
