import {
  Button,
  Menu,
  MenuGroup,
  MenuGroupHeader,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tag,
  TagGroup,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { FilterRegular } from '@fluentui/react-icons';
import { type JSX, useMemo } from 'react';
import { useExplorer } from './explorer-context.ts';
import {
  type FilterChoice,
  areFiltersSet,
  filterChoices,
  isChosen,
  noFilters,
  toggleChoice,
} from './piece-filters.ts';

const useStyles = makeStyles({
  popover: { maxHeight: 'min(560px, 70dvh)', overflow: 'auto' },
  chips: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  tags: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

const fields = [
  { field: 'kind', words: 'Kind' },
  { field: 'state', words: 'State' },
  { field: 'layer', words: 'Layer' },
] as const;

const valueOf = ({ field, value }: FilterChoice): string => `${field}:${value}`;

/** Chooses which pieces stand out, by kind, state and layer. */
export function FilterMenu(): JSX.Element {
  const styles = useStyles();
  const { graph, statuses, address, change, isNarrow } = useExplorer();
  const choices = useMemo(() => filterChoices(graph, statuses), [graph, statuses]);
  const { filters } = address;
  const chosen = choices.filter((choice) => isChosen(choice, filters));
  const checked = (field: FilterChoice['field']): string[] =>
    chosen.filter((choice) => choice.field === field).map(valueOf);
  return (
    <Menu
      checkedValues={{ kind: checked('kind'), state: checked('state'), layer: checked('layer') }}
      onCheckedValueChange={(_, { name, checkedItems }) => {
        const before = new Set(checked(fields.find(({ field }) => field === name)?.field ?? 'kind'));
        const after = new Set(checkedItems);
        const changed = choices.filter(
          (choice) => choice.field === name && before.has(valueOf(choice)) !== after.has(valueOf(choice)),
        );
        change(
          { filters: changed.reduce((so, choice) => toggleChoice(choice, so), filters) },
          { replace: true },
        );
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<FilterRegular />}
          aria-label={chosen.length > 0 ? `Filter, ${chosen.length} set` : 'Filter'}
        >
          {!isNarrow && 'Filter'}
        </Button>
      </MenuTrigger>
      <MenuPopover className={styles.popover}>
        <MenuList>
          {fields.map(({ field, words }) => {
            const own = choices.filter((choice) => choice.field === field);
            if (own.length === 0) return null;
            return (
              <MenuGroup key={field}>
                <MenuGroupHeader>{words}</MenuGroupHeader>
                {own.map((choice) => (
                  <MenuItemCheckbox
                    key={valueOf(choice)}
                    name={field}
                    value={valueOf(choice)}
                    secondaryContent={String(choice.count)}
                  >
                    {choice.words}
                  </MenuItemCheckbox>
                ))}
              </MenuGroup>
            );
          })}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** What is filtered by, each to be taken away, and how many pieces are left. */
export function FilterChips(): JSX.Element | null {
  const styles = useStyles();
  const { graph, statuses, address, change, matching } = useExplorer();
  const choices = useMemo(() => filterChoices(graph, statuses), [graph, statuses]);
  const { filters } = address;
  const chosen = choices.filter((choice) => isChosen(choice, filters));
  const words = matching && `${matching.size} of ${graph.nodes.length} pieces`;
  return (
    <div className={styles.chips} hidden={!matching}>
      {chosen.length > 0 && (
        <TagGroup
          className={styles.tags}
          aria-label="Filters"
          size="medium"
          onDismiss={(_, { value }) => {
            const gone = chosen.find((choice) => valueOf(choice) === value);
            if (gone) change({ filters: toggleChoice(gone, filters) }, { replace: true });
          }}
        >
          {chosen.map((choice) => (
            <Tag
              key={valueOf(choice)}
              value={valueOf(choice)}
              dismissible
              dismissIcon={{ 'aria-label': 'Remove' }}
            >
              {choice.words}
            </Tag>
          ))}
        </TagGroup>
      )}
      <output className={styles.quiet}>{words}</output>
      {areFiltersSet(filters) && (
        <Button
          size="small"
          appearance="subtle"
          onClick={() => change({ filters: noFilters }, { replace: true })}
        >
          Clear the filters
        </Button>
      )}
    </div>
  );
}
