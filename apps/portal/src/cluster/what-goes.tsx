import { makeStyles, tokens } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import type { UseQueryResult } from '@tanstack/react-query';
import type { JSX } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { fullResourceName } from './resource-name.ts';

/** So many of one kind are named; of the others their number. */
const mostNamed = 30;

const useStyles = makeStyles({
  list: {
    margin: 0,
    paddingLeft: '20px',
    fontSize: tokens.fontSizeBase200,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    paddingBlock: tokens.spacingVerticalS,
    paddingRight: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
});

/** What a deletion takes along: names by the kind of resource in plain words, so that a long list can be read. */
export function WhatGoes({
  resources,
  label = 'What will be deleted',
}: {
  resources: readonly ArmResource[];
  /** Names the list. */
  label?: string;
}): JSX.Element {
  const styles = useStyles();
  const groups = Map.groupBy(resources, ({ type }) => displayNameOfType(type));
  return (
    <ul className={styles.list} aria-label={label}>
      {[...groups].map(([type, members]) => (
        <li key={type}>
          {type}: {members.slice(0, mostNamed).map(fullResourceName).join(', ')}
          {members.length > mostNamed && ` and ${(members.length - mostNamed).toLocaleString()} more`}
        </li>
      ))}
    </ul>
  );
}

/** What a deletion takes along, as soon as it is read; before that how far the reading is. */
export function WhatGoesOnceRead({
  resources,
}: {
  resources: UseQueryResult<readonly ArmResource[]>;
}): JSX.Element {
  const unread = useShownProblem(resources);
  return (
    <>
      {resources.isPending && !unread && <SlowWait inline size="tiny" label="Reading what goes…" />}
      {unread && !resources.data && (
        <ProblemBar
          problem={unread}
          title="What goes could not be listed."
          onRetry={() => void resources.refetch()}
        />
      )}
      {resources.data && resources.data.length > 0 && <WhatGoes resources={resources.data} />}
    </>
  );
}
