import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  AddRegular,
  AppsListRegular,
  CubeMultipleRegular,
  FolderRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { NameTooltip } from '../components/name-tooltip.tsx';

export const navigationId = 'navigation';

const places = [
  { to: '/', label: 'Container services', icon: CubeMultipleRegular },
  { to: '/create', label: 'Create', icon: AddRegular },
  { to: '/resource-groups', label: 'Resource groups', icon: FolderRegular },
  { to: '/resources', label: 'All resources', icon: AppsListRegular },
  { to: '/settings', label: 'Settings', icon: SettingsRegular },
] as const;

const useStyles = makeStyles({
  navigation: {
    gridArea: 'navigation',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    width: '208px',
    boxSizing: 'border-box',
    padding: tokens.spacingVerticalS,
    '@media (max-width: 767px)': {
      width: '100%',
      borderRight: 'none',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  folded: { width: '56px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    height: '40px',
    paddingInline: '10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '& svg': { fontSize: '20px', flexShrink: 0 },
    '&[aria-current="page"]': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      fontWeight: tokens.fontWeightSemibold,
      boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    },
  },
});

/** The portal's places. Folded it shows icons only; on a narrow screen it folds away altogether. */
export function Navigation({
  open,
  narrow,
  onChosen,
}: {
  open: boolean;
  narrow: boolean;
  onChosen: () => void;
}): JSX.Element {
  const styles = useStyles();
  return (
    <nav
      id={navigationId}
      aria-label="Portal"
      className={mergeClasses(styles.navigation, !open && styles.folded)}
      hidden={narrow && !open}
    >
      <ul className={styles.list}>
        {places.map(({ to, label, icon: Icon }) => {
          const link = (
            <Link
              to={to}
              className={styles.link}
              activeOptions={{ exact: true, includeSearch: false }}
              onClick={onChosen}
              aria-label={label}
            >
              <Icon aria-hidden />
              {open && label}
            </Link>
          );
          return (
            <li key={to}>
              {open ? (
                link
              ) : (
                <NameTooltip content={label} positioning="after">
                  {link}
                </NameTooltip>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
