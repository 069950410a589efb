import {
  Body1,
  ProgressBar,
  Title2,
  Title3,
  Toolbar,
  ToolbarButton,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ArrowClockwiseRegular, DeleteRegular } from '@fluentui/react-icons';
import type { DeploymentDetails, DeploymentPath } from '@slipway/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type JSX, useCallback } from 'react';
import { isDeploymentMissing, useDeploymentDetails } from '../api/group-deployments.ts';
import { DeploymentEssentials } from '../cluster/deployment-facts.tsx';
import { DeploymentResources } from '../cluster/deployment-resources.tsx';
import { deploymentHeadline, doneCount, isAtWork, progressSentence } from '../cluster/deployment-words.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { useNow } from '../cluster/use-now.ts';
import { LinkButton } from '../components/link-button.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { CancelGroupDeployment } from './cancel-group-deployment.tsx';
import { DeleteEntry } from './delete-entry.tsx';
import { DeploymentMenu } from './deployment-menu.tsx';
import { useDeploymentView } from './deployment-views.ts';
import { FailureSummary } from './failure-summary.tsx';
import { StateIcon } from './state-icon.tsx';
import { TemplateView } from './template-view.tsx';
import { ValueView } from './value-view.tsx';

const history = '/resource-groups/$subscriptionId/$resourceGroup/deployments';

const useStyles = makeStyles({
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  name: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  toolbar: { padding: 0, marginLeft: 'auto' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  headline: { margin: 0, flex: '1 1 200px' },
});

/** One deployment of a resource group's history: what it did, with what, and what came of it. */
export function GroupDeploymentPage(): JSX.Element {
  const path = useParams({
    from: '/resource-groups/$subscriptionId/$resourceGroup/deployments/$deployment',
  });
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const navigate = useNavigate();
  const { subscriptionId, resourceGroup } = path;
  const toHistory = useCallback(
    () => void navigate({ to: history, params: { subscriptionId, resourceGroup } }),
    [navigate, subscriptionId, resourceGroup],
  );
  const details = useDeploymentDetails(path);
  const problem = useShownProblem(details);
  usePageTitle(path.deployment, path.resourceGroup);
  const refetch = (): void => void details.refetch();
  if (isDeploymentMissing(details.error)) return <DeploymentMissing path={path} />;
  const { data } = details;
  const atWork = data !== undefined && isAtWork(data.deployment.state);
  return (
    <div className={pageStyles.page}>
      <header className={styles.title}>
        <Title2 as="h1" className={styles.name}>
          {path.deployment}
        </Title2>
        <Body1 className={styles.quiet}>Deployment</Body1>
        <Toolbar aria-label="Commands" className={styles.toolbar}>
          {data && !atWork && (
            <DeleteEntry
              path={path}
              button={<ToolbarButton icon={<DeleteRegular />}>Delete</ToolbarButton>}
              onDeleted={toHistory}
            />
          )}
          <ToolbarButton icon={<ArrowClockwiseRegular />} onClick={refetch}>
            Refresh
          </ToolbarButton>
        </Toolbar>
      </header>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={details.dataUpdatedAt}
          title={data ? 'This page may be out of date.' : 'The deployment could not be read.'}
          onRetry={refetch}
        />
      )}
      {data ? (
        <Details path={path} details={data} />
      ) : (
        !problem && <SlowWait label="Reading the deployment…" onRetry={refetch} />
      )}
    </div>
  );
}

function Details({ path, details }: { path: DeploymentPath; details: DeploymentDetails }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const view = useDeploymentView();
  const { deployment, rows } = details;
  const atWork = isAtWork(deployment.state);
  const now = useNow(atWork);
  return (
    <>
      <section className={pageStyles.section} aria-label="Progress">
        <div className={styles.head}>
          <StateIcon state={deployment.state} />
          <Title3 as="h2" className={styles.headline}>
            {deploymentHeadline(details)}
          </Title3>
          {atWork && <CancelGroupDeployment path={path} />}
        </div>
        {atWork && rows.length > 0 && (
          <ProgressBar
            value={doneCount(details)}
            max={rows.length}
            aria-label="Resources that are done"
            thickness="large"
          />
        )}
        <output className={pageStyles.spoken} aria-live="polite">
          {progressSentence(details)}
        </output>
      </section>
      <DeploymentMenu view={view} />
      {view === 'template' && <TemplateView path={path} correlationId={deployment.correlationId} />}
      {(view === 'inputs' || view === 'outputs') && (
        <ValueView view={view} path={path} correlationId={undefined} />
      )}
      {view === 'overview' && (
        <>
          <section className={pageStyles.section} aria-label="Facts">
            <DeploymentEssentials group={path} deployment={deployment} now={now} />
            <FailureSummary snapshot={details} />
            <div className={pageStyles.actions}>
              {!atWork && (
                <LinkButton
                  to="/resource-groups/$subscriptionId/$resourceGroup"
                  params={{ subscriptionId: path.subscriptionId, resourceGroup: path.resourceGroup }}
                >
                  Go to resource group
                </LinkButton>
              )}
              <LinkButton
                to={history}
                params={{ subscriptionId: path.subscriptionId, resourceGroup: path.resourceGroup }}
              >
                All deployments of the group
              </LinkButton>
            </div>
          </section>
          <DeploymentResources
            snapshot={details}
            now={now}
            atWork={atWork}
            noneSentence="It deployed no resources."
          />
        </>
      )}
    </>
  );
}

function DeploymentMissing({ path }: { path: DeploymentPath }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <div className={mergeClasses(pageStyles.page, pageStyles.readable)}>
      <Title2 as="h1" className={styles.name}>
        There is no deployment {path.deployment}
      </Title2>
      <p className={pageStyles.text}>
        It is not in the history of the resource group {path.resourceGroup}: it may have been deleted, by
        somebody or with the oldest when there were too many. What it deployed is still there.
      </p>
      <PageLink
        to={history}
        params={{ subscriptionId: path.subscriptionId, resourceGroup: path.resourceGroup }}
      >
        Go to the deployments of {path.resourceGroup}
      </PageLink>
    </div>
  );
}
