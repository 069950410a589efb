import { makeStyles, tokens } from '@fluentui/react-components';
import type { ClusterPath } from '@slipway/contract';
import { Link, useLocation } from '@tanstack/react-router';
import { type JSX, useEffect, useRef } from 'react';

const useStyles = makeStyles({
  tabs: {
    display: 'flex',
    overflowX: 'auto',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    marginTop: tokens.spacingVerticalXS,
  },
  tab: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    borderBottom: '3px solid transparent',
    ':hover': { borderBottomColor: tokens.colorNeutralStroke1Hover, color: tokens.colorNeutralForeground1 },
    ':focus-visible': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
      borderRadius: tokens.borderRadiusMedium,
    },
    '&[aria-current="page"]': {
      borderBottomColor: tokens.colorCompoundBrandStroke,
      color: tokens.colorNeutralForeground1,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
});

const base = '/clusters/$subscriptionId/$resourceGroup/$name';
/** The pages of a container service, by their addresses. */
export const clusterPages = [
  { label: 'Overview', to: base },
  { label: 'Topology', to: `${base}/topology` },
  { label: 'Machines', to: `${base}/machines` },
  { label: 'Connect', to: `${base}/connect` },
  { label: 'Scale', to: `${base}/scale` },
  { label: 'Resources', to: `${base}/resources` },
  { label: 'Deployment', to: `${base}/deployment` },
] as const;

/** The pages of a container service, as links. */
export function ClusterTabs({ path }: { path: ClusterPath }): JSX.Element {
  const styles = useStyles();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const links = [...(nav.current?.querySelectorAll('a') ?? [])];
    // The longest: every page lies below the overview's address.
    links
      .filter((link) => pathname === link.pathname || pathname.startsWith(`${link.pathname}/`))
      .at(-1)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <nav ref={nav} aria-label="Pages of this container service" className={styles.tabs}>
      {clusterPages.map(({ label, to }) => (
        <Link key={label} to={to} params={path} className={styles.tab} activeOptions={{ exact: to === base }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
