import { Body1, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { useLocation } from '@tanstack/react-router';
import type { JSX } from 'react';
import { LinkButton } from '../components/link-button.tsx';
import { usePageTitle } from './page-title.ts';

const useStyles = makeStyles({
  page: {
    padding: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalL,
    gridTemplateColumns: 'minmax(0, 1fr)',
    justifyItems: 'start',
  },
  address: {
    fontFamily: tokens.fontFamilyMonospace,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  ways: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** The page for addresses that lead nowhere. */
export function UnknownAddress(): JSX.Element {
  const styles = useStyles();
  const { pathname } = useLocation();
  usePageTitle('Page not found');
  return (
    <div className={styles.page}>
      <Title2 as="h1">There is no page at this address</Title2>
      <Body1 className={styles.address}>{pathname}</Body1>
      <Body1>It may be misspelt, or the container service it belonged to was deleted.</Body1>
      <div className={styles.ways}>
        <LinkButton to="/" appearance="primary">
          Go to container services
        </LinkButton>
        <LinkButton to="/resource-groups">Go to the resource groups</LinkButton>
      </div>
    </div>
  );
}
