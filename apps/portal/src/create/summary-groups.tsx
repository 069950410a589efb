import { Subtitle2, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { defaultNetwork, readSshPublicKey } from '@slipway/cluster';
import type { JSX } from 'react';
import { useRegions } from '../api/regions.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { PageLink } from '../components/page-link.tsx';
import { ClusterCost } from './cluster-cost.tsx';
import { type Draft, networkOf, tagsOf } from './draft.ts';
import { type FieldPath, fieldLabels, fieldsOf } from './fields.ts';
import { survival } from './master-counts.ts';
import { useWizard } from './wizard-context.ts';
import { formSteps, stepTitles } from './wizard-steps.ts';

const useStyles = makeStyles({
  group: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  head: {
    display: 'flex',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingBottom: tokens.spacingVerticalXS,
    marginTop: tokens.spacingVerticalS,
  },
  // As large as a finger needs it.
  edit: { padding: tokens.spacingVerticalXS },
  values: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: '176px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalS,
    '@media (max-width: 767px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: 0 },
  },
  label: { color: tokens.colorNeutralForeground3 },
  value: {
    margin: 0,
    overflowWrap: 'anywhere',
    '@media (max-width: 767px)': { marginBottom: tokens.spacingVerticalS },
  },
  missing: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
});

/** What was entered, step by step, with a way back to each. */
export function SummaryGroups(): JSX.Element {
  const styles = useStyles();
  const { draft, facts } = useWizard();
  const { subscriptionId } = draft.basics;
  const names: Names = {
    subscription: useSubscriptions().data?.find((each) => each.subscriptionId === subscriptionId)
      ?.displayName,
    region: useRegions(subscriptionId).data?.find((each) => each.name === draft.basics.region)?.displayName,
    faultDomains: facts.machineSizes?.faultDomains,
  };
  return (
    <>
      {formSteps.map((step) => (
        <section key={step} className={styles.group} aria-labelledby={`summary-${step}`}>
          <div className={styles.head}>
            <Subtitle2 as="h3" id={`summary-${step}`}>
              {stepTitles[step]}
            </Subtitle2>
            <PageLink
              to="/create"
              search={{ step }}
              className={mergeClasses(styles.edit, 'not-printed')}
              aria-label={`Edit ${stepTitles[step].toLowerCase()}`}
            >
              Edit
            </PageLink>
          </div>
          <dl className={styles.values}>
            {fieldsOf(step).map((path) => (
              <Value key={path} path={path} text={valueText(path, draft, names)} />
            ))}
            {step === 'agent' && draft.agent.machineSize && (
              <>
                <dt className={styles.label}>Cost</dt>
                <dd className={styles.value}>
                  <ClusterCost />
                </dd>
              </>
            )}
          </dl>
        </section>
      ))}
    </>
  );
}

function Value({ path, text }: { path: FieldPath; text: string }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.label}>{fieldLabels[path]}</dt>
      <dd className={styles.value}>{text || <span className={styles.missing}>Missing</span>}</dd>
    </>
  );
}

interface Names {
  subscription: string | undefined;
  region: string | undefined;
  faultDomains: number | undefined;
}

function valueText(path: FieldPath, draft: Draft, names: Names): string {
  const { basics, master, agent } = draft;
  switch (path) {
    case 'basics.serviceName':
      return basics.serviceName;
    case 'basics.subscriptionId':
      return names.subscription ?? basics.subscriptionId;
    case 'basics.resourceGroup.name':
      return basics.resourceGroup.kind === 'new' && basics.resourceGroup.name
        ? `${basics.resourceGroup.name} (new)`
        : basics.resourceGroup.name;
    case 'basics.region':
      return names.region ?? basics.region;
    case 'master.orchestrator':
      return 'Swarm';
    case 'master.dnsPrefix':
      return master.dnsPrefix;
    case 'master.adminUsername':
      return master.adminUsername;
    case 'master.sshPublicKey': {
      const reading = readSshPublicKey(master.sshPublicKey);
      return reading.accepted ? `${reading.key.algorithm}, ${reading.key.fingerprint}` : '';
    }
    case 'master.count':
      return `${master.count}. ${survival(master.count, names.faultDomains)}`;
    case 'agent.count':
      return agent.count;
    case 'agent.machineSize':
      return agent.machineSize;
    case 'network.addressSpace':
      return withDefault(networkOf(draft).addressSpace.join(', '), defaultNetwork.addressSpace.join(', '));
    case 'network.masterSubnet':
      return withDefault(networkOf(draft).masterSubnet, defaultNetwork.masterSubnet);
    case 'network.agentSubnet':
      return withDefault(networkOf(draft).agentSubnet, defaultNetwork.agentSubnet);
    case 'tags':
      return (
        tagsOf(draft)
          .map(({ name, value }) => `${name}: ${value}`)
          .join(' · ') || 'None'
      );
  }
}

const withDefault = (value: string, usual: string): string =>
  value === usual ? `${value} (default)` : value;
