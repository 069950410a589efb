export const graphNamespace = 'Microsoft.ResourceGraph';

/** Versions of its API that the local cloud speaks, newest first; earlier ones have other defaults. */
export const graphApiVersions: readonly string[] = ['2024-04-01', '2022-10-01', '2021-03-01'];
