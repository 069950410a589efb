import { useParams, useRouter } from '@tanstack/react-router';
import { clusterPages } from '../cluster/cluster-tabs.tsx';
import { pageShortcuts } from '../shortcuts/shortcut-keys.ts';
import { type ThemeChoice, chooseTheme, themeChoices } from '../theme/theme-preference.ts';
import type { Choice } from './choice.ts';

const themeLabels: Record<ThemeChoice, string> = {
  light: 'Light theme',
  dark: 'Dark theme',
  auto: 'Theme of this computer',
};

/** What can be done from the search: first with the cluster at hand, then everywhere. */
export function useCommands({ onShortcuts }: { onShortcuts: () => void }): {
  ofCluster: { name: string; choices: readonly Choice[] } | undefined;
  everywhere: readonly Choice[];
} {
  const router = useRouter();
  const { subscriptionId, resourceGroup, name } = useParams({ strict: false });
  const pages = [...new Map(pageShortcuts.map((page) => [page.to, page])).values()].map(
    ({ to, key, label }): Choice => ({
      id: `page:${to}`,
      kind: 'command',
      label,
      words: to === '/create' ? 'new cluster add' : 'go to page list home clusters',
      keys: `G ${key.toUpperCase()}`,
      target: { href: to },
    }),
  );
  const themes = themeChoices.map((theme): Choice => ({
    id: `theme:${theme}`,
    kind: 'command',
    label: themeLabels[theme],
    words: 'colours appearance mode auto',
    target: { act: () => chooseTheme(theme) },
  }));
  const shortcuts: Choice = {
    id: 'shortcuts',
    kind: 'command',
    label: 'Keyboard shortcuts',
    words: 'keys help',
    keys: '?',
    target: { act: onShortcuts },
  };
  const ofCluster =
    subscriptionId !== undefined && resourceGroup !== undefined && name !== undefined
      ? {
          name,
          choices: clusterPages.map(({ label, to }): Choice => ({
            id: `cluster-page:${to}`,
            kind: 'command',
            label,
            detail: name,
            words: name,
            target: {
              href: router.buildLocation({ to, params: { subscriptionId, resourceGroup, name } }).href,
            },
          })),
        }
      : undefined;
  return { ofCluster, everywhere: [...pages, ...themes, shortcuts] };
}
