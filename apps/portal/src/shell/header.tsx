import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { NavigationRegular } from '@fluentui/react-icons';
import type { Session } from '@slipway/contract';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { SearchButton } from '../search/search-button.tsx';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { NotificationBell } from '../notifications/notification-bell.tsx';
import { CloudBadge } from './cloud-badge.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { SlipwayMark } from './slipway-mark.tsx';
import { ThemeMenu } from './theme-menu.tsx';

const useStyles = makeStyles({
  header: {
    gridArea: 'header',
    height: '48px',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    paddingInline: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  home: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalXS,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  name: { '@media (max-width: 767px)': { display: 'none' } },
  space: { flexGrow: 1 },
  wideSpace: { '@media (max-width: 767px)': { display: 'none' } },
});

/** The bar over every page. */
export function Header({
  session,
  navigationOpen,
  navigationId,
  onToggleNavigation,
  onSearch,
}: {
  session: Session | undefined;
  navigationOpen: boolean;
  navigationId: string;
  onToggleNavigation: () => void;
  onSearch: () => void;
}): JSX.Element {
  const styles = useStyles();
  return (
    <header className={styles.header}>
      <NameTooltip content={navigationOpen ? 'Fold the navigation' : 'Unfold the navigation'}>
        <Button
          appearance="subtle"
          icon={<NavigationRegular />}
          aria-expanded={navigationOpen}
          aria-controls={navigationId}
          onClick={onToggleNavigation}
        />
      </NameTooltip>
      <Link to="/" className={styles.home} aria-label="Slipway, home">
        <SlipwayMark />
        <span className={styles.name}>Slipway</span>
      </Link>
      <div className={styles.space} />
      <SearchButton onOpen={onSearch} />
      <div className={mergeClasses(styles.space, styles.wideSpace)} />
      {session?.cloud && <CloudBadge cloud={session.cloud} />}
      <NotificationBell />
      <ThemeMenu />
      {session?.signInRequired && <SignOutButton />}
    </header>
  );
}
