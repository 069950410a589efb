import { Button, Field, SearchBox, Select, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import { type ActivityOperation, activityStatusSchema } from '@slipway/contract';
import { type JSX, useDeferredValue, useMemo, useState } from 'react';
import { type ActivityChoice, useActivity } from '../api/activity.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { entriesOf } from './activity-entries.ts';
import { ActivityTable } from './activity-table.tsx';
import { OperationFilter } from './operation-filter.tsx';

const ranges = [
  { hours: 1, label: 'Last hour' },
  { hours: 24, label: 'Last 24 hours' },
  { hours: 7 * 24, label: 'Last 7 days' },
  { hours: 30 * 24, label: 'Last 30 days' },
  // Azure keeps 90 days; a little less, so that the question is not too late when it arrives.
  { hours: 90 * 24 - 1, label: 'Last 90 days' },
] as const;

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalM },
  more: { justifySelf: 'start' },
});

/** Who has asked for what here, and what became of it: newest first, with what followed from a request folded into it. */
export function ActivityLog({ scope }: { scope: string }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const [choice, setChoice] = useState<ActivityChoice>({ hours: 24 });
  const log = useActivity(scope, useDeferredValue(choice));
  const problem = useShownProblem(log);
  const operations = useMemo(() => log.data?.pages.flatMap((page) => page.operations), [log.data]);
  const entries = useMemo(() => operations && entriesOf(operations), [operations]);
  const found = useFoundOperations(operations);
  const isFiltered = Boolean(choice.status ?? choice.caller ?? choice.operation);
  return (
    <section className={pageStyles.section} aria-label="Activity log">
      <ActivityFilters
        choice={choice}
        found={found}
        onChange={setChoice}
        onRefresh={() => void log.refetch()}
      />
      {log.isPending && !problem && <SlowWait inline size="tiny" label="Reading the activity log…" />}
      {problem && !log.isFetchNextPageError && (
        <ProblemBar
          problem={problem}
          readAt={log.dataUpdatedAt}
          title={log.data ? 'The activity log may be out of date.' : 'The activity log could not be read.'}
          onRetry={() => void log.refetch()}
        />
      )}
      {entries?.length === 0 && (
        <p className={pageStyles.text}>
          {log.hasNextPage
            ? 'Nothing has been found so far.'
            : isFiltered
              ? 'Nothing that matches happened in this time.'
              : 'Nothing has happened in this time. Choose a longer one to look further back.'}
        </p>
      )}
      {entries && entries.length > 0 && <ActivityTable entries={entries} />}
      {log.isFetchNextPageError && (
        <ProblemBar
          problem={log.error}
          title="Older ones could not be read."
          onRetry={() => void log.fetchNextPage()}
        />
      )}
      {log.hasNextPage && (
        <Button
          className={styles.more}
          disabledFocusable={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {log.isFetchingNextPage ? 'Reading…' : 'Show older ones'}
        </Button>
      )}
    </section>
  );
}

/** All operations that were seen since the page was opened: a filter must not hide what else could be chosen. */
function useFoundOperations(operations: readonly ActivityOperation[] | undefined): ReadonlySet<string> {
  const [found, setFound] = useState<ReadonlySet<string>>(new Set());
  const isNew = operations?.some(({ operation }) => !found.has(operation));
  if (operations && isNew) setFound(new Set([...found, ...operations.map(({ operation }) => operation)]));
  return found;
}

function ActivityFilters({
  choice,
  found,
  onChange,
  onRefresh,
}: {
  choice: ActivityChoice;
  found: ReadonlySet<string>;
  onChange: (choice: ActivityChoice) => void;
  onRefresh: () => void;
}): JSX.Element {
  const styles = useStyles();
  const { status, caller, operation, ...rest } = choice;
  const put = (change: Partial<ActivityChoice>): void => {
    const next = { status, caller, operation, ...rest, ...change };
    onChange({
      hours: next.hours,
      ...(next.status === undefined ? {} : { status: next.status }),
      ...(next.caller ? { caller: next.caller } : {}),
      ...(next.operation ? { operation: next.operation } : {}),
    });
  };
  return (
    <div className={styles.filters}>
      <Field label="Time">
        <Select value={String(choice.hours)} onChange={(_, { value }) => put({ hours: Number(value) })}>
          {ranges.map(({ hours, label }) => (
            <option key={hours} value={String(hours)}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Status">
        <Select
          value={status ?? ''}
          onChange={(_, { value }) => put({ status: activityStatusSchema.safeParse(value).data })}
        >
          <option value="">All</option>
          {activityStatusSchema.options.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Select>
      </Field>
      <OperationFilter
        value={operation ?? ''}
        found={found}
        onChange={(value) => put({ operation: value })}
      />
      <Field label="Initiated by">
        <SearchBox value={caller ?? ''} onChange={(_, { value }) => put({ caller: value })} />
      </Field>
      <Button icon={<ArrowClockwiseRegular />} onClick={onRefresh}>
        Refresh the log
      </Button>
    </div>
  );
}
