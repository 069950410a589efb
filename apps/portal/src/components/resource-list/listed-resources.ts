/** What belongs to an instance of a scale set, and the instance itself. */
const ofInstance = /\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/[^/]+\/virtualMachines\//i;

/**
 * Resources as Azure lists and counts them, so that a group has the same number on its pages as in the lists: instances of a scale set, and their
 * network interfaces, are parts of it and stand on its page.
 */
export const listedResources = <Resource extends { id: string }>(
  resources: readonly Resource[],
): Resource[] => resources.filter(({ id }) => !ofInstance.test(id));
