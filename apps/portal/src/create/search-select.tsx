import { Input, makeStyles } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons';
import { type JSX, type KeyboardEvent, lazy, useCallback, useRef, useState, useTransition } from 'react';
import { patiently } from '../api/page-code.ts';
import type { Choice } from './choices.ts';
import type { FieldControl } from './form-field.tsx';

const loadList = patiently(() => import('./search-list.tsx'));
const SearchList = lazy(async () => ({ default: (await loadList()).SearchList }));

const useStyles = makeStyles({ root: { minWidth: 0, width: '100%' } });

export interface SearchSelectProps {
  control: FieldControl;
  /** Undefined while they are read. */
  choices: readonly Choice[] | undefined;
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  /** What to say when there is nothing to choose from. */
  empty: string;
}

/** What the field shows of a value while nobody types. */
export const shownText = (choices: readonly Choice[] | undefined, value: string): string =>
  choices?.find((choice) => choice.value === value)?.text ?? value;

/** What the plain field says of itself: it is the closed list. */
const closedList = {
  role: 'combobox',
  'aria-expanded': false,
  'aria-haspopup': 'listbox',
  autoComplete: 'off',
} as const;

const prepare = (): void => void loadList();

const openingKeys = new Set(['Enter', 'ArrowDown', 'ArrowUp']);

/**
 * A list to choose one of, found by typing. Choices that cannot be chosen stay in the list and say why. The list needs
 * much of Fluent: its code comes when somebody comes to the field, and until it is to open a plain field looks the same.
 */
export function SearchSelect(props: SearchSelectProps): JSX.Element {
  const { control, choices, value, placeholder } = props;
  const styles = useStyles();
  const [query, setQuery] = useState<string | undefined>(undefined);
  const [isWanted, setIsWanted] = useState(false);
  // The field stays, and takes what is typed, until the list can take its place.
  const [, startTransition] = useTransition();
  const isFocused = useRef(false);
  const hadFocus = useCallback(() => isFocused.current, []);
  const open = (): void => startTransition(() => setIsWanted(true));
  if (isWanted) return <SearchList {...props} query={query} onQuery={setQuery} hadFocus={hadFocus} />;
  return (
    <Input
      {...control}
      className={styles.root}
      {...closedList}
      placeholder={placeholder}
      value={query ?? shownText(choices, value)}
      contentAfter={<ChevronDownRegular aria-hidden />}
      onPointerEnter={prepare}
      onFocus={() => {
        isFocused.current = true;
        prepare();
      }}
      onBlur={() => {
        isFocused.current = false;
        control.onBlur();
      }}
      onClick={open}
      onChange={(_, data) => {
        setQuery(data.value);
        open();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (!openingKeys.has(event.key)) return;
        event.preventDefault();
        open();
      }}
    />
  );
}
