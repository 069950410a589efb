import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components';
import type { UnreadPlace } from '@slipway/contract';
import type { JSX } from 'react';

const useStyles = makeStyles({ place: { overflowWrap: 'anywhere' } });

const nameOf = ({ subscriptionId, resourceGroup }: UnreadPlace): string =>
  resourceGroup === undefined ? `subscription ${subscriptionId}` : `resource group ${resourceGroup}`;

/** Says which places the list could not be read from: nobody is to take the rest for the whole. */
export function UnreadPlaces({ places }: { places: readonly UnreadPlace[] }): JSX.Element | null {
  const styles = useStyles();
  if (places.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>This list is not complete.</MessageBarTitle>
        {places.map((place) => (
          <div key={nameOf(place)} className={styles.place}>
            The {nameOf(place)} could not be read: {place.message}
          </div>
        ))}
      </MessageBarBody>
    </MessageBar>
  );
}
