import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { type FormEvent, type JSX, type ReactNode, useId, useState } from 'react';
import { isTagConflict, useChangeTags, useTags } from '../api/governance.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { UnsavedGuard } from '../components/unsaved-guard.tsx';
import { type TagDraft, draftOf, faultsOf, filled, isOwnIn, isUnchanged, tagsOf } from './tag-draft.ts';

const useStyles = makeStyles({
  rows: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 32px',
    gap: tokens.spacingHorizontalS,
    alignItems: 'start',
    maxWidth: '720px',
  },
  // An input has a width of its own, which would push its neighbour away on a phone.
  input: { minWidth: 0, width: '100%' },
  headings: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
  add: { justifySelf: 'start' },
});

/** The tags of a resource, a resource group or a subscription, to be read and changed. */
export function TagsEditor({
  scope,
  children,
}: {
  scope: string;
  /** What else is to be known before these tags are changed. */
  children?: ReactNode;
}): JSX.Element {
  const pageStyles = usePageStyles();
  const headingId = useId();
  const tags = useTags(scope);
  const problem = useShownProblem(tags);
  return (
    <section className={pageStyles.section} aria-labelledby={headingId}>
      <h2 className={pageStyles.heading} id={headingId}>
        Tags
      </h2>
      <p className={pageStyles.text}>
        Names and values by which things are found, grouped and billed. What belongs to a resource group does
        not inherit its tags.
      </p>
      {children}
      {tags.isPending && !problem && <SlowWait inline size="tiny" label="Reading the tags…" />}
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={tags.dataUpdatedAt}
          title={tags.data ? 'The tags may be out of date.' : 'The tags could not be read.'}
          onRetry={() => void tags.refetch()}
        />
      )}
      {tags.data && <TagForm scope={scope} tags={tags.data.tags} />}
    </section>
  );
}

interface Draft {
  rows: readonly TagDraft[];
  /** The tags that the draft was begun from. */
  before: Readonly<Record<string, string>>;
  nextKey: number;
}

function TagForm({ scope, tags }: { scope: string; tags: Readonly<Record<string, string>> }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const change = useChangeTags(scope);
  const [draft, setDraft] = useState<Draft>();
  const rows = draft?.rows ?? draftOf(tags);
  const isSame = draft === undefined || isUnchanged(draft.rows, draft.before);
  const faults = faultsOf(scope, rows, tags).filter(({ index }) =>
    filled(rows).includes(rows[index] ?? { key: -1, name: '', value: '' }),
  );
  const faultOf = (index: number, part: 'name' | 'value'): string | undefined =>
    faults.find((fault) => fault.index === index && fault.part === part)?.message;
  const write = (next: readonly TagDraft[], nextKey = draft?.nextKey ?? next.length): void => {
    change.reset();
    setDraft({ rows: next, before: draft?.before ?? tags, nextKey });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft === undefined || isSame || faults.length > 0 || change.isPending) return;
    change.mutate(
      { operation: 'Replace', tags: tagsOf(draft.rows), before: { ...draft.before } },
      { onSuccess: () => setDraft(undefined) },
    );
  };
  const discard = (): void => {
    change.reset();
    setDraft(undefined);
  };
  return (
    <form className={pageStyles.section} onSubmit={submit}>
      {rows.length === 0 ? (
        <p className={pageStyles.text}>There are no tags yet.</p>
      ) : (
        // Each field says in its own name what it is.
        <div className={mergeClasses(styles.row, styles.headings)} aria-hidden>
          <span>Name</span>
          <span>Value</span>
        </div>
      )}
      <ul className={styles.rows}>
        {rows.map((row, index) => {
          const isOwn = isOwnIn(tags, row.name);
          const put = (part: Partial<TagDraft>): void =>
            write(rows.map((each) => (each.key === row.key ? { ...each, ...part } : each)));
          return (
            <li key={row.key} className={styles.row}>
              <Field validationMessage={faultOf(index, 'name') ?? null}>
                <Input
                  className={styles.input}
                  aria-label={`Name of tag ${index + 1}`}
                  placeholder="cost-center"
                  value={row.name}
                  readOnly={isOwn}
                  onChange={(_, { value }) => put({ name: value })}
                />
              </Field>
              <Field validationMessage={faultOf(index, 'value') ?? null}>
                <Input
                  className={styles.input}
                  aria-label={`Value of tag ${index + 1}`}
                  placeholder="42"
                  value={row.value}
                  readOnly={isOwn}
                  onChange={(_, { value }) => put({ value })}
                />
              </Field>
              {!isOwn && (
                <Button
                  appearance="subtle"
                  icon={<DeleteRegular />}
                  aria-label={`Remove tag ${index + 1}${row.name === '' ? '' : `: ${row.name}`}`}
                  onClick={() => write(rows.filter(({ key }) => key !== row.key))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {rows.some(({ name }) => isOwnIn(tags, name)) && (
        <p className={pageStyles.quiet}>
          By tags that begin with slipway- the portal finds its container services. They stay as they are.
        </p>
      )}
      <Button
        className={styles.add}
        appearance="subtle"
        icon={<AddRegular />}
        onClick={() => {
          const key = draft?.nextKey ?? rows.length;
          write([...rows, { key, name: '', value: '' }], key + 1);
        }}
      >
        Add a tag
      </Button>
      {isTagConflict(change.error) && draft ? (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>Somebody else has changed these tags meanwhile.</MessageBarTitle> Now they are:{' '}
            {wordsOf(tags)}. Nothing of yours has been applied.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={discard}>
              Take theirs
            </Button>
            <Button
              size="small"
              onClick={() => {
                change.reset();
                setDraft({ ...draft, before: tags });
              }}
            >
              Keep mine to apply
            </Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        change.error && <ProblemBar problem={change.error} title="The tags could not be changed." />
      )}
      <div className={pageStyles.actions}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={isSame || faults.length > 0 || change.isPending}
        >
          {change.isPending ? 'Applying…' : 'Apply'}
        </Button>
        <Button disabled={isSame || change.isPending} onClick={discard}>
          Discard changes
        </Button>
        <output className={pageStyles.quiet}>{change.isSuccess && draft === undefined && 'Applied.'}</output>
      </div>
      <UnsavedGuard asks={() => !isSame} words="The changes of the tags have not been applied." />
    </form>
  );
}

const wordsOf = (tags: Readonly<Record<string, string>>): string =>
  Object.entries(tags)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ') || 'none';
