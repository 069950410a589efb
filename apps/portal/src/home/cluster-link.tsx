import type { Cluster } from '@slipway/contract';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { PageLink } from '../components/page-link.tsx';

const useStyles = makeStyles({
  // As high as a finger needs it.
  link: {
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    textAlign: 'start',
    display: 'inline-block',
    paddingBlock: tokens.spacingVerticalXXS,
  },
});

/** A cluster's name, leading to its page; to its deployment while that runs. */
export function ClusterLink({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = useStyles();
  const { subscriptionId, resourceGroup, name } = cluster;
  return (
    <PageLink
      className={styles.link}
      to={
        cluster.state === 'deploying'
          ? '/clusters/$subscriptionId/$resourceGroup/$name/deployment'
          : '/clusters/$subscriptionId/$resourceGroup/$name'
      }
      params={{ subscriptionId, resourceGroup, name }}
    >
      {name}
    </PageLink>
  );
}
