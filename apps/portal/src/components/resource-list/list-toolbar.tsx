import {
  Button,
  Menu,
  MenuDivider,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  SearchBox,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import {
  ArrowDownloadRegular,
  ArrowSortRegular,
  ColumnTripleEditRegular,
  GroupListRegular,
} from '@fluentui/react-icons';
import type { JSX } from 'react';
import type { ListColumn } from './list-column.ts';
import type { ListView } from './list-search.ts';
import type { ChangeView } from './use-list-view.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  search: { width: '320px', maxWidth: '100%', marginRight: tokens.spacingHorizontalS },
  searchNarrow: { width: '100%', marginRight: 0 },
  popover: { maxHeight: 'min(560px, 70dvh)', overflow: 'auto' },
});

const noGroup = '-';

/** Above a list: search, how it is grouped, which columns it has, and the file of it. */
export function ListToolbar<Row>({
  columns,
  shown,
  view,
  change,
  isNarrow,
  searchLabel,
  placeholder,
  onExport,
}: {
  columns: readonly ListColumn<Row>[];
  shown: readonly ListColumn<Row>[];
  view: ListView;
  change: ChangeView;
  isNarrow: boolean;
  searchLabel: string;
  placeholder: string;
  /** None where there is nothing to export. */
  onExport: (() => void) | undefined;
}): JSX.Element {
  const styles = useStyles();
  const groups = columns.filter(({ isGroup }) => isGroup);
  const grouped = groups.find(({ id }) => id === view.groupBy);
  return (
    <div className={styles.bar}>
      <SearchBox
        className={mergeClasses(styles.search, isNarrow && styles.searchNarrow)}
        aria-label={searchLabel}
        placeholder={placeholder}
        value={view.query}
        onChange={(_, { value }) => change({ query: value }, { replace: true })}
      />
      {isNarrow && <SortMenu columns={shown} view={view} change={change} />}
      {groups.length > 0 && (
        <Menu
          checkedValues={{ group: [grouped?.id ?? noGroup] }}
          onCheckedValueChange={(_, { checkedItems: [chosen] }) =>
            change({ groupBy: chosen === noGroup ? undefined : chosen })
          }
        >
          <MenuTrigger disableButtonEnhancement>
            <Button appearance="subtle" icon={<GroupListRegular />}>
              {grouped ? `Grouped by ${grouped.label.toLowerCase()}` : 'Group by'}
            </Button>
          </MenuTrigger>
          <MenuPopover className={styles.popover}>
            <MenuList>
              <MenuItemRadio name="group" value={noGroup}>
                No grouping
              </MenuItemRadio>
              {groups.map(({ id, label }) => (
                <MenuItemRadio key={id} name="group" value={id}>
                  {label}
                </MenuItemRadio>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      <Menu
        checkedValues={{ columns: shown.map(({ id }) => id) }}
        onCheckedValueChange={(_, { checkedItems }) =>
          change({ columns: columns.map(({ id }) => id).filter((id) => checkedItems.includes(id)) })
        }
      >
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<ColumnTripleEditRegular />}>
            Columns
          </Button>
        </MenuTrigger>
        <MenuPopover className={styles.popover}>
          <MenuList>
            {columns.slice(1).map(({ id, label }) => (
              <MenuItemCheckbox key={id} name="columns" value={id}>
                {label}
              </MenuItemCheckbox>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      <Button
        appearance="subtle"
        icon={<ArrowDownloadRegular />}
        disabledFocusable={!onExport}
        onClick={onExport}
      >
        Export to CSV
      </Button>
    </div>
  );
}

/** On a phone, where the columns' heads have no room. */
function SortMenu<Row>({
  columns,
  view: { sort },
  change,
}: {
  columns: readonly ListColumn<Row>[];
  view: ListView;
  change: ChangeView;
}): JSX.Element {
  const styles = useStyles();
  return (
    <Menu
      checkedValues={{
        column: sort ? [sort.column] : [],
        direction: [sort?.isDescending ? 'descending' : 'ascending'],
      }}
      onCheckedValueChange={(_, { name, checkedItems: [chosen = ''] }) => {
        const column = name === 'column' ? chosen : (sort?.column ?? columns[0]?.id ?? '');
        const isDescending = name === 'direction' ? chosen === 'descending' : (sort?.isDescending ?? false);
        change({ sort: { column, isDescending } });
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<ArrowSortRegular />}>
          Sort
        </Button>
      </MenuTrigger>
      <MenuPopover className={styles.popover}>
        <MenuList>
          {columns.map(({ id, label }) => (
            <MenuItemRadio key={id} name="column" value={id}>
              {label}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          <MenuItemRadio name="direction" value="ascending">
            Ascending
          </MenuItemRadio>
          <MenuItemRadio name="direction" value="descending">
            Descending
          </MenuItemRadio>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
