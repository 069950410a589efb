import { Button } from '@fluentui/react-components';
import { DarkThemeRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { type OpeningProps, openedLater } from '../components/opened-later.tsx';

/** What the theme is chosen with. */
export function ThemeButton(props: OpeningProps): JSX.Element {
  return (
    <NameTooltip content="Theme">
      <Button as="button" appearance="subtle" icon={<DarkThemeRegular />} {...props} />
    </NameTooltip>
  );
}

/** Chooses between the light and the dark theme, or the computer's own. */
export const ThemeMenu = openedLater(
  ThemeButton,
  'menu',
  async () => (await import('./theme-choices.tsx')).ThemeChoices,
);
