import { Tab, TabList, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';
import { type System, systemNames, systems } from '../components/computer-system.ts';

const useStyles = makeStyles({ tabs: { marginInline: `calc(-1 * ${tokens.spacingHorizontalM})` } });

/** One of the three systems, with what is to be done on it. `name` tells several on a page apart. */
export function SystemTabs({
  name,
  system,
  onChange,
  children,
}: {
  name: string;
  system: System;
  onChange: (system: System) => void;
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <TabList
        className={styles.tabs}
        size="small"
        selectedValue={system}
        onTabSelect={(_, data) => {
          const chosen = systems.find((each) => each === data.value);
          if (chosen) onChange(chosen);
        }}
      >
        {systems.map((each) => (
          <Tab key={each} value={each} id={`${name}-tab-${each}`} aria-controls={`${name}-panel`}>
            {systemNames[each]}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-tab-${system}`}>
        {children}
      </div>
    </>
  );
}
