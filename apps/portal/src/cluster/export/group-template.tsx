import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { GroupExport } from '@slipway/contract';
import { type JSX, useState } from 'react';
import { useGroupExport } from '../../api/group-export.ts';
import { templateDocument } from '../../automation/documents.ts';
import { CodeView } from '../../components/code-view.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { SlowWait } from '../../components/slow-wait.tsx';
import { usePageStyles } from '../page-styles.ts';

/** A resource group as a template, made when it is asked for. */
export function GroupTemplate({
  subscriptionId,
  resourceGroup,
}: {
  subscriptionId: string;
  resourceGroup: string;
}): JSX.Element {
  const styles = usePageStyles();
  const [isWanted, setIsWanted] = useState(false);
  const made = useGroupExport(subscriptionId, resourceGroup, isWanted);
  const problem = useShownProblem(made);
  const ask = (): void => void made.refetch();
  if (!isWanted)
    return (
      <div>
        <Button onClick={() => setIsWanted(true)}>Export the resource group</Button>
      </div>
    );
  return (
    <div className={styles.section}>
      {made.isFetching && (
        <SlowWait inline size="tiny" label="Azure Resource Manager makes the template…" onRetry={ask} />
      )}
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={made.dataUpdatedAt}
          title={
            made.data
              ? 'The resource group could not be exported again.'
              : 'The resource group could not be exported.'
          }
          onRetry={ask}
        />
      )}
      {made.data && <MadeTemplate resourceGroup={resourceGroup} made={made.data} />}
      {made.data && (
        <div>
          <Button size="small" disabledFocusable={made.isFetching} onClick={ask}>
            Export again
          </Button>
        </div>
      )}
    </div>
  );
}

function MadeTemplate({
  resourceGroup,
  made: { template, problems, leftOut },
}: {
  resourceGroup: string;
  made: GroupExport;
}): JSX.Element {
  const styles = usePageStyles();
  const document = templateDocument(resourceGroup, template);
  return (
    <>
      {problems.length + leftOut.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Not everything is in it.</MessageBarTitle>
            <ul className={styles.list}>
              {problems.map(({ code, message, target }) => (
                <li key={`${code} ${target}`}>
                  {message} <span className={styles.quiet}>{code}</span>
                </li>
              ))}
              {leftOut.map((path) => (
                <li key={path}>{path} is a secret.</li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      <CodeView
        title={document.name}
        text={document.text}
        file={{ name: document.name, type: 'application/json' }}
      />
    </>
  );
}
