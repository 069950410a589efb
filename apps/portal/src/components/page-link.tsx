import { Link as FluentLink } from '@fluentui/react-components';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithoutRef, JSX, Ref } from 'react';
import { useAnchorRef } from './anchor-ref.ts';

type AnchorProps = ComponentPropsWithoutRef<'a'> & { inline?: boolean; ref?: Ref<HTMLAnchorElement> };

function AnchorLink({ ref, inline, ...anchor }: AnchorProps): JSX.Element {
  return <FluentLink as="a" {...anchor} inline={inline ?? false} ref={useAnchorRef(ref)} />;
}

/** A text link to a page of the portal. */
export const PageLink = createLink(AnchorLink);
