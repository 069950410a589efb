import {
  Button,
  Dialog,
  DialogSurface,
  Input,
  Spinner,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular, SearchRegular } from '@fluentui/react-icons';
import type { SearchAnswer } from '@slipway/contract';
import { type JSX, type KeyboardEvent, type MouseEvent, useEffect, useId, useState } from 'react';
import { useClusters } from '../api/clusters.ts';
import { useSearch } from '../api/search.ts';
import { browserStorage } from '../cluster/topology/explorer/browser-storage.ts';
import { touchQuery, useMediaQuery } from '../components/media-query.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { useDebounced } from '../components/use-debounced.ts';
import type { Choice, ChoiceGroup } from './choice.ts';
import { ChoiceOption } from './choice-option.tsx';
import { foundChoices } from './found-choices.ts';
import { recentChoices, rememberChoice } from './recent-choices.ts';
import { longestText, searchTextOf } from './search-text.ts';
import { useCommands } from './use-commands.ts';

/** So long nothing more may be typed before it is searched for, in milliseconds. */
const typingMs = 200;

// HTML's own lists of choices hold neither links nor signs.
const comboboxRole = { role: 'combobox', 'aria-autocomplete': 'list' } as const;
const listboxRole = { role: 'listbox', 'aria-label': 'Choices' } as const;
const groupRole = { role: 'group' } as const;

const useStyles = makeStyles({
  surface: {
    marginTop: '56px',
    marginBottom: 'auto',
    padding: 0,
    width: '640px',
    maxWidth: 'calc(100vw - 32px)',
    maxHeight: 'calc(100dvh - 112px)',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
    '@media (max-width: 767px)': {
      margin: 0,
      width: '100vw',
      maxWidth: '100vw',
      height: '100dvh',
      maxHeight: '100dvh',
      borderRadius: 0,
      border: 'none',
    },
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: tokens.spacingHorizontalS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  field: { flexGrow: 1, minWidth: 0 },
  body: { overflowY: 'auto', padding: tokens.spacingHorizontalS, display: 'grid', alignContent: 'start' },
  heading: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  words: { padding: tokens.spacingHorizontalM, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  status: {
    display: 'flex',
    alignItems: 'center',
    minHeight: '20px',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 767px)': { marginTop: 'auto' },
  },
});

/** The search over everything: what was chosen last and what can be done, then what a text finds. */
export function SearchPanel({
  open,
  onClose,
  onShortcuts,
}: {
  open: boolean;
  onClose: () => void;
  onShortcuts: () => void;
}): JSX.Element {
  const styles = useStyles();
  return (
    <Dialog open={open} onOpenChange={onClose} surfaceMotion={null}>
      <DialogSurface aria-label="Search" className={styles.surface}>
        <Search onClose={onClose} onShortcuts={onShortcuts} />
      </DialogSurface>
    </Dialog>
  );
}

/** Begins anew each time that the panel opens. */
function Search({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }): JSX.Element {
  const styles = useStyles();
  const listId = useId();
  const fieldId = useId();
  const [typed, setTyped] = useState('');
  const [chosenId, setChosenId] = useState<string | undefined>(undefined);
  const search = useGroups(searchTextOf(typed), onShortcuts);
  const choices = search.groups.flatMap((group) => group.choices);
  const isTouched = useMediaQuery(touchQuery);
  const active = choices.find(({ id }) => id === chosenId) ?? choices[0];
  const elementIdOf = (choice: Choice): string => `${listId}-${choices.indexOf(choice)}`;
  const activeElementId = active && elementIdOf(active);
  useEffect(() => {
    if (activeElementId) document.getElementById(activeElementId)?.scrollIntoView({ block: 'nearest' });
  }, [activeElementId]);

  const move = (step: 1 | -1): void => {
    if (!active) return;
    const at = (choices.indexOf(active) + step + choices.length) % choices.length;
    setChosenId(choices[at]?.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    }
    if (event.key === 'Enter' && activeElementId) {
      // Otherwise the same key would press the button that has the focus once this is closed.
      event.preventDefault();
      document.getElementById(activeElementId)?.click();
    }
  };
  const choose = (choice: Choice, event: MouseEvent): void => {
    rememberChoice(browserStorage(), choice);
    // With these the browser opens a link elsewhere, and this page stays.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    onClose();
    if ('act' in choice.target) choice.target.act();
  };

  return (
    <>
      <div className={styles.head}>
        <Input
          className={styles.field}
          id={fieldId}
          size="large"
          appearance="filled-lighter"
          {...comboboxRole}
          aria-label="Search container services, resource groups, resources, deployments and commands"
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-activedescendant={activeElementId}
          placeholder="Name or command"
          contentBefore={<SearchRegular />}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={longestText}
          value={typed}
          onChange={(_, { value }) => {
            setTyped(value);
            setChosenId(undefined);
          }}
          onKeyDown={onKeyDown}
        />
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label="Close the search"
          onClick={onClose}
        />
      </div>
      <div className={styles.body}>
        {search.problem && (
          <ProblemBar
            problem={search.problem}
            title="The search failed."
            onRetry={() => {
              search.retry();
              // The button that was pressed goes with what it was about.
              document.getElementById(fieldId)?.focus();
            }}
          />
        )}
        <div {...listboxRole} id={listId}>
          {search.groups.map((group) => (
            <OptionGroup
              key={group.label}
              group={group}
              active={active}
              elementIdOf={elementIdOf}
              onChosen={choose}
            />
          ))}
        </div>
        {search.nothing && (
          <div className={styles.words}>Nothing has “{searchTextOf(typed)}” in its name.</div>
        )}
        {search.unread !== '' && (
          <div className={mergeClasses(styles.words, styles.quiet)}>{search.unread}</div>
        )}
      </div>
      <output className={styles.status}>
        {search.isSearching ? (
          <Spinner size="extra-tiny" label="Searching…" />
        ) : (
          countSentence(choices.length, typed, isTouched)
        )}
      </output>
    </>
  );
}

function OptionGroup({
  group: { label, choices },
  active,
  elementIdOf,
  onChosen,
}: {
  group: ChoiceGroup;
  active: Choice | undefined;
  elementIdOf: (choice: Choice) => string;
  onChosen: (choice: Choice, event: MouseEvent) => void;
}): JSX.Element {
  const styles = useStyles();
  const headingId = useId();
  return (
    <div {...groupRole} aria-labelledby={headingId}>
      <div id={headingId} role="presentation" className={styles.heading}>
        {label}
      </div>
      {choices.map((choice) => (
        <ChoiceOption
          key={choice.id}
          choice={choice}
          elementId={elementIdOf(choice)}
          active={choice === active}
          onChosen={onChosen}
        />
      ))}
    </div>
  );
}

function countSentence(count: number, typed: string, isTouched: boolean): string {
  if (searchTextOf(typed) === '')
    return isTouched ? 'Touch one to open it.' : 'Arrow keys choose, Enter opens, Esc closes.';
  return count === 1 ? '1 found' : `${count} found`;
}

/** What is shown for a text, and how far the search for it is. */
function useGroups(text: string, onShortcuts: () => void) {
  const commands = useCommands({ onShortcuts });
  const clusters = useClusters();
  const asked = useDebounced(text, typingMs);
  const search = useSearch(text === '' ? '' : asked);
  const problem = useShownProblem(search);
  const [recent] = useState(() => recentChoices(browserStorage()));
  if (text === '')
    return {
      groups: openingGroups(recent, commands),
      problem: null,
      isSearching: false,
      nothing: false,
      unread: '',
      retry: () => {},
    };
  const known = {
    commands: [...(commands.ofCluster?.choices ?? []), ...commands.everywhere],
    clusters: clusters.data ?? [],
  };
  const groups = foundChoices(text, known, search.data);
  const isSearching = asked !== text || search.isFetching;
  return {
    groups,
    problem,
    isSearching,
    nothing: groups.length === 0 && !isSearching && !problem,
    unread: search.data ? unreadSentence(search.data) : '',
    retry: () => void search.refetch(),
  };
}

function openingGroups(
  recent: readonly Choice[],
  { ofCluster, everywhere }: ReturnType<typeof useCommands>,
): ChoiceGroup[] {
  return [
    { label: 'Recent', choices: recent },
    { label: ofCluster?.name ?? '', choices: ofCluster?.choices ?? [] },
    { label: 'Commands', choices: everywhere },
  ].filter(({ choices }) => choices.length > 0);
}

/** Where deployments were not looked for, so that nobody takes what was found for all there is. */
function unreadSentence({ unread, deploymentGroups: { searched, all } }: SearchAnswer): string {
  const failed = unread.length;
  return [
    searched < all ? `Deployments were looked for in ${searched} of ${all} resource groups.` : '',
    failed > 0
      ? `The deployments of ${failed === 1 ? 'one resource group' : `${failed} resource groups`} could not be read.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}
