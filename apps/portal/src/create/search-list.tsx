import { Combobox, Option, OptionGroup, makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { groupChoices, matchingChoices } from './choices.ts';
import { type SearchSelectProps, shownText } from './search-select.tsx';

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

/** The list of a `SearchSelect`, open from the start, with what was typed so far. */
export function SearchList({
  control,
  choices,
  value,
  onChange,
  placeholder,
  empty,
  query,
  onQuery,
  hadFocus,
}: SearchSelectProps & {
  query: string | undefined;
  onQuery: (query: string | undefined) => void;
  /** Whether the focus was on what stood in the list's place. */
  hadFocus: () => boolean;
}): JSX.Element {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!hadFocus()) return;
    const { current } = input;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, [hadFocus]);
  // What was typed before the list came it does not know of: a space would choose where it shall be written.
  const wasTyping = useRef(query !== undefined);
  const writeSpace = (event: KeyboardEvent): void => {
    if (event.key === ' ' && wasTyping.current) event.stopPropagation();
    else wasTyping.current = false;
  };
  const matching = matchingChoices(choices ?? [], query ?? '');
  const nothing = choices === undefined ? 'Loading…' : choices.length === 0 ? empty : 'Nothing matches.';
  return (
    <Combobox
      {...control}
      ref={(element: HTMLInputElement | null) => {
        input.current = element;
      }}
      defaultOpen
      className={styles.root}
      listbox={{ className: styles.listbox }}
      positioning={{ autoSize: 'width', matchTargetSize: 'width' }}
      // Named by its own words: under the field's label there is one control.
      expandIcon={{ 'aria-label': 'Show the choices', tabIndex: -1 }}
      placeholder={placeholder}
      value={query ?? shownText(choices, value)}
      selectedOptions={value ? [value] : []}
      onKeyDownCapture={writeSpace}
      onInput={(event) => onQuery(event.currentTarget.value)}
      onOptionSelect={(_, data) => {
        onQuery(undefined);
        if (data.optionValue) onChange(data.optionValue);
      }}
      onOpenChange={(_, data) => {
        if (!data.open) onQuery(undefined);
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
