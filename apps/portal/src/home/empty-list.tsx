import { Body1, Subtitle1, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { LinkButton } from '../components/link-button.tsx';
import { SlipwayMark } from '../shell/slipway-mark.tsx';

const useStyles = makeStyles({
  empty: {
    display: 'grid',
    justifyItems: 'center',
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    textAlign: 'center',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  text: { maxWidth: '440px' },
});

/** The list before the first container service: what one is, and how to make one. */
export function EmptyList(): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.empty}>
      <SlipwayMark sizePx={64} />
      <Subtitle1 as="h2">No container services yet</Subtitle1>
      <Body1 align="center" className={styles.text}>
        A container service is a Docker Swarm cluster: masters that manage it, agents that run your
        containers, and the network around them.
      </Body1>
      <LinkButton to="/create" appearance="primary" size="large" icon={<AddRegular />}>
        Create a container service
      </LinkButton>
    </div>
  );
}
