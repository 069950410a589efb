import { makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowDownloadRegular,
  FlowRegular,
  GlobeRegular,
  PlugConnectedRegular,
  ServerMultipleRegular,
} from '@fluentui/react-icons';
import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { PageLink } from '../components/page-link.tsx';
import { usePageStyles } from './page-styles.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    '@media (max-width: 767px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  step: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    padding: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  icon: { fontSize: '24px', color: tokens.colorBrandForeground1 },
  link: { fontWeight: tokens.fontWeightSemibold },
});

const base = '/clusters/$subscriptionId/$resourceGroup/$name';
const steps = [
  {
    icon: <PlugConnectedRegular aria-hidden />,
    title: 'Connect to the cluster',
    text: 'Open the tunnel, and run a first service: every command is filled in.',
    to: `${base}/connect`,
  },
  {
    icon: <GlobeRegular aria-hidden />,
    title: 'Offer a port',
    text: 'Let the internet reach your services at ports of the agents.',
    to: `${base}/ports`,
  },
  {
    icon: <ServerMultipleRegular aria-hidden />,
    title: 'Add or remove agents',
    text: 'Scale to what your containers need, from 1 to 100.',
    to: `${base}/scale`,
  },
  {
    icon: <FlowRegular aria-hidden />,
    title: 'See how it fits together',
    text: 'From the internet to every machine, and what each piece is for.',
    to: `${base}/topology`,
  },
  {
    icon: <ArrowDownloadRegular aria-hidden />,
    title: 'Take it along',
    text: 'Its template, its parameters and the commands that build it again.',
    to: `${base}/export`,
  },
] as const;

/** What to do with a cluster that is there. */
export function NextSteps({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <section className={pageStyles.section} aria-labelledby="next">
      <h2 className={pageStyles.heading} id="next">
        Next steps
      </h2>
      <ul className={styles.list}>
        {steps.map(({ icon, title, text, to }) => (
          <li key={to} className={styles.step}>
            <span className={styles.icon}>{icon}</span>
            <div>
              <PageLink to={to} params={cluster} className={styles.link}>
                {title}
              </PageLink>
              <div className={pageStyles.quiet}>{text}</div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
