import { Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { JSX } from 'react';
import type { OpenedProps } from '../components/opened-later.tsx';
import { type ThemeChoice, chooseTheme, themeChoices, useThemeChoice } from '../theme/theme-preference.ts';
import { ThemeButton } from './theme-menu.tsx';

const labels: Record<ThemeChoice, string> = { light: 'Light', dark: 'Dark', auto: 'Auto (as this computer)' };

/** The menu of themes, with its button. */
export function ThemeChoices({ ref }: OpenedProps): JSX.Element {
  const choice = useThemeChoice();
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const chosen = themeChoices.find((each) => each === checkedItems[0]);
        if (chosen) chooseTheme(chosen);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <ThemeButton ref={ref} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {themeChoices.map((each) => (
            <MenuItemRadio key={each} name="theme" value={each}>
              {labels[each]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
