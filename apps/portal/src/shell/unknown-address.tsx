import { Body1, Title2, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { LinkButton } from '../components/link-button.tsx';
import { usePageTitle } from './page-title.ts';

const useStyles = makeStyles({
  page: {
    padding: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalL,
    justifyItems: 'start',
  },
});

/** The page for addresses that lead nowhere. */
export function UnknownAddress(): JSX.Element {
  const styles = useStyles();
  usePageTitle('Page not found');
  return (
    <div className={styles.page}>
      <Title2 as="h1">There is no page at this address</Title2>
      <Body1>It may be misspelt, or the container service it belonged to was deleted.</Body1>
      <LinkButton to="/" appearance="primary">
        Go to container services
      </LinkButton>
    </div>
  );
}
