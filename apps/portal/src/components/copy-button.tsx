import { Button, type ButtonProps } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { type JSX, useEffect, useState } from 'react';
import { NameTooltip } from './name-tooltip.tsx';

/** Copies a text; says so for a moment. `label` names what is copied, for example `Copy the command`. */
export function CopyButton({
  text,
  label,
  size = 'small',
  appearance = 'subtle',
}: {
  text: string;
  label: string;
  size?: ButtonProps['size'];
  appearance?: ButtonProps['appearance'];
}): JSX.Element {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = (): void => {
    copyText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  const said = { idle: label, copied: 'Copied', failed: 'Select the text and copy it by hand' }[outcome];
  return (
    <>
      <NameTooltip content={said} {...(outcome === 'idle' ? {} : { visible: true })}>
        <Button
          size={size}
          appearance={appearance ?? 'subtle'}
          icon={outcome === 'copied' ? <CheckmarkRegular /> : <CopyRegular />}
          onClick={copy}
        />
      </NameTooltip>
    </>
  );
}

async function copyText(text: string): Promise<void> {
  // Pages over plain HTTP under another name than localhost have no clipboard.
  if (!('clipboard' in navigator)) throw new Error('no clipboard');
  await navigator.clipboard.writeText(text);
}
