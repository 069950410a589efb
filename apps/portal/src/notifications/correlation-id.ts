import { readDeployment } from '../api/deployment-snapshot.ts';
import { type ClusterNotification, pathOfLink } from './cluster-notifications.ts';
import type { NotificationStore } from './notification-store.ts';

/** The list of clusters does not tell under which correlation id ARM's log has a failed deployment: it is asked for. */
export async function addCorrelationId(
  store: NotificationStore,
  content: ClusterNotification['content'],
): Promise<void> {
  const path = pathOfLink(content.link?.href);
  if (content.state !== 'error' || content.copyText === undefined || !path) return;
  try {
    const { deployment } = await readDeployment(path, new AbortController().signal);
    if (deployment.correlationId === undefined) return;
    // Dismissed, or overtaken by another deployment meanwhile: nobody asks for it any more.
    if (!store.list().some(({ id, copyText }) => id === content.id && copyText === content.copyText)) return;
    store.notify({
      ...content,
      copyText: `${content.copyText}\nCorrelation id: ${deployment.correlationId}`,
    });
  } catch {
    // The error is complete but for this; the deployment's page has it as well.
  }
}
