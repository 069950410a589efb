import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { DeploymentPath } from '@slipway/contract';
import type { JSX } from 'react';
import { useDeploymentTemplate } from '../api/group-deployments.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { CodeView } from '../components/code-view.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';

/** The template that a deployment was given, to read, copy and download. */
export function TemplateView({
  path,
  correlationId,
}: {
  path: DeploymentPath;
  correlationId: string | undefined;
}): JSX.Element {
  const styles = usePageStyles();
  const template = useDeploymentTemplate(path, correlationId);
  const problem = useShownProblem(template);
  const retry = (): void => void template.refetch();
  if (!template.data) {
    return problem ? (
      <ProblemBar problem={problem} title="The template could not be read." onRetry={retry} />
    ) : (
      <SlowWait inline label="Reading the template…" onRetry={retry} />
    );
  }
  const { template: document, withheld } = template.data;
  return (
    <div className={styles.section}>
      {withheld.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              Secrets were written into this template; they are withheld here.
            </MessageBarTitle>{' '}
            {withheld.join(', ')}: who has them has to put them back, better as secure parameters.
          </MessageBarBody>
        </MessageBar>
      )}
      <CodeView
        title="Template"
        text={JSON.stringify(document, undefined, 2)}
        file={{ name: `${path.deployment}.json`, type: 'application/json' }}
      />
    </div>
  );
}
