import {
  CheckmarkCircleFilled,
  CheckmarkCircleWarningFilled,
  DismissCircleFilled,
  QuestionCircleFilled,
} from '@fluentui/react-icons';
import type { TraceOutcome } from '@slipway/topology';
import type { JSX } from 'react';

/** What comes of a connection as a sign that is told by its form alone; the words beside it say it, too. */
export function OutcomeIcon({ outcome }: { outcome: TraceOutcome }): JSX.Element {
  switch (outcome) {
    case 'arrives':
      return <CheckmarkCircleFilled aria-hidden />;
    case 'partly':
      return <CheckmarkCircleWarningFilled aria-hidden />;
    case 'blocked':
      return <DismissCircleFilled aria-hidden />;
    case 'notTraced':
      return <QuestionCircleFilled aria-hidden />;
  }
}
