import {
  Button,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { DarkThemeRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { type ThemeChoice, chooseTheme, themeChoices, useThemeChoice } from '../theme/theme-preference.ts';

const labels: Record<ThemeChoice, string> = { light: 'Light', dark: 'Dark', auto: 'Auto (as this computer)' };

/** Chooses between the light and the dark theme, or the computer's own. */
export function ThemeMenu(): JSX.Element {
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
        <Tooltip content="Theme" relationship="label">
          <Button appearance="subtle" icon={<DarkThemeRegular />} />
        </Tooltip>
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
