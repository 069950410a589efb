import { createContext, use } from 'react';

/** Opens the delete confirmation of the cluster whose pages these are. */
export const DeleteCommandContext = createContext<(() => void) | undefined>(undefined);

/** The cluster's command to delete it, for pages that lead there. */
export function useDeleteCommand(): () => void {
  const command = use(DeleteCommandContext);
  if (!command) throw new Error('A page of a cluster was drawn outside of its layout.');
  return command;
}
