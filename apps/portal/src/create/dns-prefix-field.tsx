import { Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, DismissCircle16Filled } from '@fluentui/react-icons';
import { agentDnsLabel, checkDnsPrefix, checkRegion, expectedFqdn, masterDnsLabel } from '@slipway/cluster';
import type { DnsAvailability } from '@slipway/contract';
import type { JSX } from 'react';
import { useDnsAvailability } from '../api/dns-availability.ts';
import { useSession } from '../api/session.ts';
import { Breakable } from '../components/breakable.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ReadingProblem } from './reading-problem.tsx';
import { TextField } from './text-field.tsx';
import { useWizard } from './wizard-context.ts';

const useStyles = makeStyles({
  below: { display: 'grid', gap: tokens.spacingVerticalS },
  names: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    margin: 0,
  },
  name: {
    margin: 0,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground1,
  },
  free: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 },
  taken: {
    color: tokens.colorStatusDangerForeground1,
    flexShrink: 0,
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXXS,
  },
});

/** The first part of the cluster's two names; whether both are free is asked while one types. */
export function DnsPrefixField(): JSX.Element {
  const { draft, changeMaster } = useWizard();
  return (
    <TextField
      path="master.dnsPrefix"
      value={draft.master.dnsPrefix}
      onChange={(dnsPrefix) => changeMaster({ dnsPrefix })}
      placeholder="my-swarm"
      info="The masters' and the agents' public names start with it. Both names must be free in the region."
      maxLength={64}
      below={<Names />}
    />
  );
}

function Names(): JSX.Element {
  const styles = useStyles();
  const { draft, facts } = useWizard();
  const { subscriptionId, region } = draft.basics;
  const { dnsPrefix } = draft.master;
  const suffix = useSession().data?.cloud?.dnsSuffix;
  const usable = !checkDnsPrefix(dnsPrefix) && !checkRegion(region) && subscriptionId !== '';
  const check = useDnsAvailability(subscriptionId, region, facts.dns && usable ? dnsPrefix : '');

  if (checkRegion(region)) {
    return (
      <span>
        Choose a region in{' '}
        <PageLink to="/create" search={{ step: 'basics' }} inline>
          Basics
        </PageLink>{' '}
        to see the cluster's names.
      </span>
    );
  }
  if (!suffix) return <span />;
  const shownPrefix = dnsPrefix || '<prefix>';
  return (
    <div className={styles.below}>
      <dl className={styles.names}>
        <dt>Masters</dt>
        <dd className={styles.name}>
          <span>
            <Breakable text={expectedFqdn(masterDnsLabel(shownPrefix), region, suffix)} />
          </span>
          <LabelState dns={facts.dns} label={masterDnsLabel(dnsPrefix)} asked={usable} />
        </dd>
        <dt>Agents</dt>
        <dd className={styles.name}>
          <span>
            <Breakable text={expectedFqdn(agentDnsLabel(shownPrefix), region, suffix)} />
          </span>
          <LabelState dns={facts.dns} label={agentDnsLabel(dnsPrefix)} asked={usable} />
        </dd>
      </dl>
      <ReadingProblem query={check} title="Whether the names are free could not be checked." />
    </div>
  );
}

function LabelState({
  dns,
  label,
  asked,
}: {
  dns: DnsAvailability | undefined;
  label: string;
  asked: boolean;
}): JSX.Element | null {
  const styles = useStyles();
  if (!asked) return null;
  const answer = dns?.labels.find((each) => each.label === label);
  if (!answer) return <Spinner size="extra-tiny" aria-label="Checking whether it is free" />;
  return answer.available ? (
    <CheckmarkCircle16Filled className={styles.free} aria-label="Free" />
  ) : (
    <span className={styles.taken}>
      <DismissCircle16Filled aria-hidden /> already taken
    </span>
  );
}
