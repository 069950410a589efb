import { Body1, Title2, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';

const useStyles = makeStyles({
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  name: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** What the pages of a resource group begin with. `children` stand behind its name. */
export function GroupTitle({
  name,
  count,
  children,
}: {
  name: string;
  /** How many resources are in it; undefined where that is not known or not said. */
  count?: number | undefined;
  children?: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  return (
    <header className={styles.title}>
      <Title2 as="h1" className={styles.name}>
        {name}
      </Title2>
      <Body1 className={styles.quiet}>Resource group</Body1>
      {count !== undefined && <Body1 className={styles.quiet}>{countOf(count)}</Body1>}
      {children}
    </header>
  );
}

const countOf = (count: number): string => (count === 1 ? '1 resource' : `${count} resources`);
