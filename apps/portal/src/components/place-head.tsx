import { Body1, Title2, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';
import { HeadCommands } from './head-commands.tsx';

const useStyles = makeStyles({
  layout: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  head: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    flexShrink: 0,
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL} 0`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  title: {
    minHeight: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
  },
  name: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

interface PlaceTitleProps {
  name: string;
  /** How it is doing. */
  state?: ReactNode;
  /** What it is, and what else is to be said of it in a word. */
  facts: readonly string[];
  children?: ReactNode;
}

/** The name of a container service or of a resource group, and beside it what it is. `children` stand behind. */
export function PlaceTitle({ name, state, facts, children }: PlaceTitleProps): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.title}>
      <Title2 as="h1" className={styles.name}>
        {name}
      </Title2>
      {state}
      {facts.map((fact) => (
        <Body1 key={fact} className={styles.quiet}>
          {fact}
        </Body1>
      ))}
      {children}
    </div>
  );
}

/** What the pages of a container service or of a resource group have in common: name, commands, menu; and the page. */
export function PlaceLayout({
  title,
  deleteLabel,
  canDelete,
  onDelete,
  onRefresh,
  head,
  children,
}: {
  title: Omit<PlaceTitleProps, 'children'>;
  deleteLabel: string;
  canDelete: boolean;
  onDelete: () => void;
  onRefresh: () => void;
  /** Below the title, before the page. */
  head: ReactNode;
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.layout}>
      <header className={styles.head}>
        <PlaceTitle {...title}>
          <HeadCommands
            deleteLabel={deleteLabel}
            canDelete={canDelete}
            onDelete={onDelete}
            onRefresh={onRefresh}
          />
        </PlaceTitle>
        {head}
      </header>
      {children}
    </div>
  );
}
