import { Body1, Title2, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, SearchRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { LinkButton } from '../components/link-button.tsx';

const useStyles = makeStyles({
  gone: {
    display: 'grid',
    justifyItems: 'center',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    textAlign: 'center',
    overflowWrap: 'anywhere',
  },
  title: { margin: 0 },
  icon: { fontSize: '48px', color: tokens.colorNeutralForeground3 },
  done: { color: tokens.colorStatusSuccessForeground1 },
});

/** There is no such cluster: it was deleted while this page was open (`wasThere`), or the address is wrong. */
export function ClusterGone({ name, wasThere }: { name: string; wasThere: boolean }): JSX.Element {
  const styles = useStyles();
  return (
    <output className={styles.gone}>
      {wasThere ? (
        <CheckmarkCircleRegular className={mergeClasses(styles.icon, styles.done)} aria-hidden />
      ) : (
        <SearchRegular className={styles.icon} aria-hidden />
      )}
      <Title2 as="h1" className={styles.title}>
        {wasThere ? `${name} was deleted` : `There is no ${name} here`}
      </Title2>
      <Body1>
        {wasThere
          ? 'The container service and everything in it are gone.'
          : 'It may have been deleted, or the address has a mistake in it.'}
      </Body1>
      <LinkButton appearance="primary" to="/">
        Go to container services
      </LinkButton>
    </output>
  );
}
