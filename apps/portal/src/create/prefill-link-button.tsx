import { Button, Field, Input } from '@fluentui/react-components';
import { CheckmarkRegular, LinkRegular } from '@fluentui/react-icons';
import { useRouter } from '@tanstack/react-router';
import { type JSX, useEffect, useState } from 'react';
import type { PrefillSearch } from './prefill-values.ts';

/** Copies a link that fills in the wizard with these values; where nothing can be copied, the link is shown. */
export function PrefillLinkButton({ label, values }: { label: string; values: PrefillSearch }): JSX.Element {
  const router = useRouter();
  const { href } = router.buildLocation({ to: '/create', search: values });
  const link = new URL(href, location.href).href;
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome('idle'), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setOutcome('copied');
    } catch {
      // Pages over plain HTTP under another name than localhost have no clipboard.
      setOutcome('failed');
    }
  };
  return (
    <>
      <Button
        icon={outcome === 'copied' ? <CheckmarkRegular /> : <LinkRegular />}
        onClick={() => void copy()}
      >
        {outcome === 'copied' ? 'Link copied' : label}
      </Button>
      {outcome === 'failed' && (
        <Field label="Link, to copy by hand">
          <Input readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
        </Field>
      )}
    </>
  );
}
