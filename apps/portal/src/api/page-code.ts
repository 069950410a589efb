import { routes } from '@slipway/contract';

/** Between two attempts while the server is away, in milliseconds. */
const retryMs = 2_000;

const loaders = new Set<() => Promise<unknown>>();

/**
 * Makes a loader of code patient: while the line to the server is cut, what fails is tried again until it is there. It
 * fails all the same when the server answers and does not have it, because another version of the portal runs by now.
 */
export function patiently<Code>(load: () => Promise<Code>): () => Promise<Code> {
  const loadPatiently = async (): Promise<Code> => {
    for (;;) {
      try {
        return await load();
      } catch {
        if (await isServerThere()) return load();
        await new Promise((resume) => setTimeout(resume, retryMs));
      }
    }
  };
  loaders.add(loadPatiently);
  return loadPatiently;
}

/**
 * Loads everything that is loaded patiently, also what only shows while loading, one after the other: whatever a person
 * asks for meanwhile has the line nearly to itself.
 */
export async function loadAllCode(): Promise<void> {
  // A set goes on with what is added to it meanwhile.
  for (const load of loaders) await load().catch(() => undefined);
}

const isServerThere = (): Promise<boolean> =>
  fetch(routes.health(), { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
