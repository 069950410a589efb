import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithoutRef, JSX, Ref } from 'react';
import { useAnchorRef } from './anchor-ref.ts';

type AnchorProps = ComponentPropsWithoutRef<'a'> & { inline?: boolean; ref?: Ref<HTMLAnchorElement> };

const useStyles = makeStyles({
  // As high as a finger needs it; a link inside a sentence is as high as its line.
  standing: { paddingBlock: tokens.spacingVerticalXXS },
});

function AnchorLink({ ref, inline = false, className, ...anchor }: AnchorProps): JSX.Element {
  const styles = useStyles();
  return (
    <FluentLink
      as="a"
      {...anchor}
      className={mergeClasses(!inline && styles.standing, className)}
      inline={inline}
      ref={useAnchorRef(ref)}
    />
  );
}

/** A text link to a page of the portal. */
export const PageLink = createLink(AnchorLink);
