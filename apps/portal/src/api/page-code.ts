import { routes } from '@slipway/contract';

/** Between two attempts while the server is away, in milliseconds. */
const retryMs = 2_000;

/**
 * Makes a loader of code patient: while the line to the server is cut, what fails is tried again until it is there. It
 * fails all the same when the server answers and does not have it, because another version of the portal runs by now.
 */
export const patiently =
  <Code>(load: () => Promise<Code>): (() => Promise<Code>) =>
  async () => {
    for (;;) {
      try {
        return await load();
      } catch {
        if (await isServerThere()) return load();
        await new Promise((resume) => setTimeout(resume, retryMs));
      }
    }
  };

const isServerThere = (): Promise<boolean> =>
  fetch(routes.health(), { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
