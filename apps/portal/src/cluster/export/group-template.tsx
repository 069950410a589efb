import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { type JSX, useState } from 'react';
import { useGroupExport } from '../../api/group-export.ts';
import { templateDocument } from '../../automation/documents.ts';
import { CodeView } from '../../components/code-view.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
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
  const ask = (): void => void made.refetch();
  if (!isWanted)
    return (
      <div>
        <Button onClick={() => setIsWanted(true)}>Export the resource group</Button>
      </div>
    );
  if (made.isFetching)
    return <SlowWait inline size="tiny" label="Azure Resource Manager makes the template…" onRetry={ask} />;
  if (!made.data)
    return (
      <ProblemBar problem={made.error} title="The resource group could not be exported." onRetry={ask} />
    );
  const { template, problems, leftOut } = made.data;
  const document = templateDocument(resourceGroup, template);
  return (
    <div className={styles.section}>
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
      <div>
        <Button size="small" onClick={ask}>
          Export again
        </Button>
      </div>
    </div>
  );
}
