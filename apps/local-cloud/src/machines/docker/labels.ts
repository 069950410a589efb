/** Labels of everything that the driver makes, so that nothing of it is ever mistaken or left behind. */
export const cloudLabel = 'slipway.cloud';
const kindLabel = 'slipway.kind';
const resourceLabel = 'slipway.resource';
/** On the network that every cloud with machines has: the folder with the cloud's state, to find out who is still there. */
export const folderLabel = 'slipway.folder';
/** What a thing was made of, where it has to be made anew when that changes. */
export const contentLabel = 'slipway.content';

/** A machine, the network of a virtual network, the edge of a public address, or what connects all of them. */
export type Kind = 'node' | 'fabric' | 'edge' | 'internet' | 'image';

/** The labels of one thing. `resourceId` is the ARM id that it stands behind, `content` what it was made of. */
export function labelsOf(cloudId: string, kind: Kind, resourceId = '', content = ''): Record<string, string> {
  return {
    [cloudLabel]: cloudId,
    [kindLabel]: kind,
    [resourceLabel]: resourceId.toLowerCase(),
    [contentLabel]: content,
  };
}

/** The engine's filter for things of a cloud, of a kind, behind a resource. */
export function labelFilter(cloudId: string, kind?: Kind, resourceId?: string): { label: string[] } {
  return {
    label: [
      `${cloudLabel}=${cloudId}`,
      ...(kind === undefined ? [] : [`${kindLabel}=${kind}`]),
      ...(resourceId === undefined ? [] : [`${resourceLabel}=${resourceId.toLowerCase()}`]),
    ],
  };
}

/** The ARM id, in lower case, that a labelled thing stands behind. */
export const resourceOf = (labels: Readonly<Record<string, string>> | undefined): string =>
  labels?.[resourceLabel] ?? '';

export const kindOf = (labels: Readonly<Record<string, string>> | undefined): string =>
  labels?.[kindLabel] ?? '';

export const contentOf = (labels: Readonly<Record<string, string>> | undefined): string =>
  labels?.[contentLabel] ?? '';
