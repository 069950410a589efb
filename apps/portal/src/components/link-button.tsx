import { Button, type ButtonProps } from '@fluentui/react-components';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithoutRef, JSX, Ref } from 'react';
import { useAnchorRef } from './anchor-ref.ts';

type AnchorProps = Omit<ComponentPropsWithoutRef<'a'>, 'type'> &
  Pick<ButtonProps, 'appearance' | 'icon' | 'size'> & { ref?: Ref<HTMLAnchorElement> };

function AnchorButton({ appearance, icon, size, ref, ...anchor }: AnchorProps): JSX.Element {
  return (
    <Button
      as="a"
      {...anchor}
      ref={useAnchorRef(ref)}
      appearance={appearance ?? 'secondary'}
      icon={icon ?? null}
      size={size ?? 'medium'}
    />
  );
}

/** A link to a page of the portal that looks like a button. */
export const LinkButton = createLink(AnchorButton);
