import type { ClusterPath } from '@slipway/contract';
import type { JSX } from 'react';
import { deploymentNotificationId } from '../../notifications/cluster-notifications.ts';
import { useNotifications } from '../../notifications/use-notifications.ts';
import { usePageStyles } from '../page-styles.ts';

/** What the deployment that runs is for, where it was started from here: `web is being scaled from 2 to 4 agents`. */
export function ChangeUnderway({ path }: { path: ClusterPath }): JSX.Element | null {
  const styles = usePageStyles();
  const { notifications } = useNotifications();
  const id = deploymentNotificationId(path);
  const underway = notifications.find((each) => each.id === id && each.state === 'progress');
  return underway ? <p className={styles.text}>{underway.title}.</p> : null;
}
