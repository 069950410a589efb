import { Button, Field, Input } from '@fluentui/react-components';
import { CheckmarkRegular, LinkRegular } from '@fluentui/react-icons';
import { useRouter } from '@tanstack/react-router';
import { type JSX, useEffect, useState } from 'react';
import { type PrefillSearch, fittingValues, longestSharedLink } from './prefill-values.ts';
import { TagsStayBehind } from './tags-stay-behind.tsx';

/** Copies a link that fills in the wizard with these values, and says what it has no room for; where nothing can be copied, the link is shown. */
export function PrefillLinkButton({ label, values }: { label: string; values: PrefillSearch }): JSX.Element {
  const router = useRouter();
  const fitting = fittingValues(values, longestSharedLink);
  const { href } = router.buildLocation({ to: '/create', search: fitting.values });
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
      {fitting.isWithoutTags && <TagsStayBehind />}
      {outcome === 'failed' && (
        <Field label="Link, to copy by hand">
          <Input readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
        </Field>
      )}
    </>
  );
}
