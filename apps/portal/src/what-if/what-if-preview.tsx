import type { WhatIf } from '@slipway/contract';
import { type JSX, Suspense, lazy, useId } from 'react';
import { patiently } from '../api/page-code.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';

const WhatIfList = lazy(
  patiently(async () => ({ default: (await import('./what-if-list.tsx')).WhatIfList })),
);

/** As much of a query as is shown; the hooks in `api/what-if.ts` give one. */
export interface WhatIfAnswer {
  data: WhatIf | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What a deployment would do, while it is being asked, when it is known, and when it cannot be. */
export function WhatIfPreview({ title, answer }: { title: string; answer: WhatIfAnswer }): JSX.Element {
  const styles = usePageStyles();
  const titleId = useId();
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <h3 className={styles.heading} id={titleId}>
        {title}
      </h3>
      <Content answer={answer} />
    </section>
  );
}

function Content({ answer: { data, error, refetch } }: { answer: WhatIfAnswer }): JSX.Element {
  const ask = (): void => void refetch();
  const wait = <SlowWait inline size="tiny" label="Asking what this would do…" onRetry={ask} />;
  if (data)
    return (
      <Suspense fallback={wait}>
        <WhatIfList whatIf={data} />
      </Suspense>
    );
  return error ? (
    <ProblemBar problem={error} title="What this would do could not be foreseen." onRetry={ask} />
  ) : (
    wait
  );
}
