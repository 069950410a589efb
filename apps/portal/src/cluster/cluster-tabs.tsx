import type { ClusterPath } from '@slipway/contract';
import { Link, useLocation } from '@tanstack/react-router';
import { type JSX, useEffect, useRef } from 'react';
import { useTabStyles } from '../components/tab-styles.ts';

const base = '/clusters/$subscriptionId/$resourceGroup/$name';
/** The pages of a container service, by their addresses. */
export const clusterPages = [
  { label: 'Overview', to: base },
  { label: 'Topology', to: `${base}/topology` },
  { label: 'Machines', to: `${base}/machines` },
  { label: 'Scale', to: `${base}/scale` },
  { label: 'Ports', to: `${base}/ports` },
  { label: 'Connect', to: `${base}/connect` },
  { label: 'Resources', to: `${base}/resources` },
  { label: 'Deployment', to: `${base}/deployment` },
  { label: 'Export', to: `${base}/export` },
  { label: 'Activity log', to: `${base}/activity` },
] as const;

/** The pages of a container service, as links. */
export function ClusterTabs({ path }: { path: ClusterPath }): JSX.Element {
  const styles = useTabStyles();
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
