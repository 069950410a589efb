import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Toolbar,
  ToolbarButton,
  ToolbarRadioButton,
  ToolbarRadioGroup,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import {
  ArrowMaximizeRegular,
  ArrowMinimizeRegular,
  DismissRegular,
  FlowRegular,
  MoreHorizontalRegular,
  TableRegular,
  TextBulletListTreeRegular,
} from '@fluentui/react-icons';
import { type JSX, useCallback, useRef, useState } from 'react';
import { useExplorer } from './explorer-context.ts';
import { type ExplorerView, explorerViews } from './explorer-search.ts';
import { FilterChips, FilterMenu } from './filter-menu.tsx';
import { IconSheet } from './icon-sheet.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { PieceSearch } from './search-box.tsx';
import { type ExplorerTool, useTools } from './tools.tsx';
import { type ExportNotice, useExports } from './use-exports.tsx';
import { useKeepMoment } from './use-keep-moment.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  toolbar: { padding: 0, flexWrap: 'wrap' },
  tools: { marginLeft: 'auto' },
  search: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    flexGrow: 1,
    minWidth: '200px',
  },
  row: { flexBasis: '100%' },
  notice: { marginTop: tokens.spacingVerticalXS },
  // Reached by the Tab key before everything else, and seen then only.
  first: {
    ':not(:focus)': { position: 'absolute', transform: 'translateX(-300vw)' },
  },
});

const viewWords: Readonly<Record<ExplorerView, { name: string; icon: JSX.Element }>> = {
  diagram: { name: 'Diagram', icon: <FlowRegular /> },
  tree: { name: 'Tree', icon: <TextBulletListTreeRegular /> },
  table: { name: 'Table', icon: <TableRegular /> },
};

/** What can be done with the topology as a whole: how it is shown, what is looked for, and the tools. */
export function ExplorerToolbar(): JSX.Element {
  const styles = useStyles();
  const explorer = useExplorer();
  const { address, change, isNarrow } = explorer;
  const sheet = useRef<HTMLDivElement>(null);
  const exports = useExports(explorer, sheet);
  const moments = useKeepMoment();
  const [isPrinting, setIsPrinting] = useState(false);
  const donePrinting = useCallback(() => setIsPrinting(false), []);
  const tools = useTools({ save: exports.save, print: () => setIsPrinting(true), keep: moments.keep });
  return (
    <>
      <div className={styles.bar}>
        {address.view === 'diagram' && (
          <Button data-comes-with-focus className={styles.first} onClick={() => change({ view: 'tree' })}>
            Show as a tree
          </Button>
        )}
        <Toolbar
          aria-label="View"
          className={styles.toolbar}
          checkedValues={{ view: [address.view] }}
          onCheckedValueChange={(_, { checkedItems }) => {
            const view = explorerViews.find((each) => checkedItems.includes(each));
            if (view) change({ view });
          }}
        >
          <ToolbarRadioGroup>
            {explorerViews.map((view) => (
              <ToolbarRadioButton
                key={view}
                name="view"
                value={view}
                icon={viewWords[view].icon}
                appearance="subtle"
              >
                {viewWords[view].name}
              </ToolbarRadioButton>
            ))}
          </ToolbarRadioGroup>
        </Toolbar>
        {isNarrow && <ToolsMenu tools={tools} className={styles.tools} />}
        <div className={mergeClasses(styles.search, isNarrow && styles.row)}>
          <PieceSearch />
          <FilterMenu />
        </div>
        {!isNarrow && <ToolButtons tools={tools} />}
      </div>
      <FilterChips />
      <Notice notice={exports.notice} onDismiss={exports.dismiss} />
      <Notice notice={moments.notice} onDismiss={moments.dismiss} />
      <IconSheet ref={sheet} />
      {isPrinting && <PrintSheet explorer={explorer} onDone={donePrinting} />}
    </>
  );
}

/** What came of something that shows nowhere else. */
function Notice({ notice, onDismiss }: { notice: ExportNotice; onDismiss: () => void }): JSX.Element | null {
  const styles = useStyles();
  if (!notice) return null;
  return (
    <MessageBar intent={notice.intent} layout="multiline" className={styles.notice}>
      <MessageBarBody>{notice.words}</MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            icon={<DismissRegular />}
            aria-label="Dismiss the message"
            onClick={onDismiss}
          />
        }
      />
    </MessageBar>
  );
}

function ToolButtons({ tools }: { tools: readonly ExplorerTool[] }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <Toolbar aria-label="Tools" className={mergeClasses(styles.toolbar, styles.tools)}>
        {tools.map(({ name, icon, isOn, use, items }) =>
          items ? (
            <Menu key={name}>
              <MenuTrigger disableButtonEnhancement>
                <ToolbarButton icon={icon}>{name}</ToolbarButton>
              </MenuTrigger>
              <MenuPopover>
                <MenuList>
                  {items.map((item) => (
                    <MenuItem key={item.name} icon={item.icon} onClick={item.use}>
                      {item.name}
                    </MenuItem>
                  ))}
                </MenuList>
              </MenuPopover>
            </Menu>
          ) : (
            <ToolbarButton
              key={name}
              icon={icon}
              onClick={use}
              {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
              appearance={isOn ? 'primary' : 'subtle'}
            >
              {name}
            </ToolbarButton>
          ),
        )}
      </Toolbar>
      <ToolsMenu tools={[]} />
    </>
  );
}

/** On a phone everything, else what does not fit beside: opening and closing all containers. */
function ToolsMenu({
  tools,
  className,
}: {
  tools: readonly ExplorerTool[];
  className?: string;
}): JSX.Element {
  const { change } = useExplorer();
  const nothing = { opened: new Set<string>(), closed: new Set<string>() };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<MoreHorizontalRegular />}
          aria-label="More"
          {...(className === undefined ? {} : { className })}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {tools.map(({ name, icon, use, items }) =>
            (items ?? [{ name, icon, use }]).map((item) => (
              <MenuItem key={item.name} icon={item.icon} onClick={item.use}>
                {item.name}
              </MenuItem>
            )),
          )}
          {tools.length > 0 && <MenuDivider />}
          <MenuItem icon={<ArrowMaximizeRegular />} onClick={() => change({ fold: 'none', ...nothing })}>
            Expand all
          </MenuItem>
          <MenuItem icon={<ArrowMinimizeRegular />} onClick={() => change({ fold: 'all', ...nothing })}>
            Collapse all
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
