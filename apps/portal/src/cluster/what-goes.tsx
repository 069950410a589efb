import { makeStyles, tokens } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import type { JSX } from 'react';
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
