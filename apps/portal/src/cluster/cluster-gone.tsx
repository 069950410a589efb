import { Body1, Title2, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, SearchRegular } from '@fluentui/react-icons';
import type { ClusterState } from '@slipway/contract';
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
  title: { margin: 0, textAlign: 'center' },
  text: { textAlign: 'center', maxWidth: '70ch' },
  icon: { fontSize: '48px', color: tokens.colorNeutralForeground3 },
  done: { color: tokens.colorStatusSuccessForeground1 },
});

/**
 * There is no such cluster: it was deleted while this page was open, or the address is wrong. `lastState` is what it was
 * doing when it was last there, undefined when this page has never seen it.
 */
export function ClusterGone({
  name,
  lastState,
}: {
  name: string;
  lastState: ClusterState | undefined;
}): JSX.Element {
  const styles = useStyles();
  const wasThere = lastState !== undefined;
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
      <Body1 className={styles.text}>
        {wasThere
          ? 'The container service and everything in it are gone.'
          : 'It may have been deleted, or the address has a mistake in it.'}
        {wasThere &&
          lastState !== 'deleting' &&
          ' It was not deleted from this page: somebody else did it, or you did in another window or with another tool.'}
      </Body1>
      <LinkButton appearance="primary" to="/">
        Go to container services
      </LinkButton>
    </output>
  );
}
