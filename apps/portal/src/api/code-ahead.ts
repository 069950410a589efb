import { loadAllCode } from './page-code.ts';

/** What browsers that know the line to the internet tell of it. */
interface Line {
  saveData?: boolean;
  effectiveType?: string;
}

declare global {
  interface Navigator {
    /** Only Chromium has it. */
    readonly connection?: Line;
  }
}

/** Between two looks whether the page has come to rest, in milliseconds. */
const restMs = 5_000;

/** Whether loading what nobody asked for would hurt: somebody pays for it by the byte, or waits for it. */
export const isLineDear = ({ saveData, effectiveType }: Line): boolean =>
  saveData === true || (effectiveType !== undefined && effectiveType !== '4g');

/**
 * Loads the code of everything else once the page that was asked for is there and at rest: pages and menus then open also
 * while the line to the server is cut. Not on a line where that would be dear.
 */
export function loadCodeAhead(isBusy: () => boolean): void {
  if (isLineDear(navigator.connection ?? {})) return;
  const waitForRest = (): void => {
    setTimeout(() => {
      if (document.readyState !== 'complete' || isBusy()) waitForRest();
      else whenIdle(() => void loadAllCode());
    }, restMs);
  };
  waitForRest();
}

/** Safari has no idle callbacks. */
const whenIdle = (act: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act);
  else act();
};
