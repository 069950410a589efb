import { RadioGroup, Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components';
import type { MachineSizes } from '@slipway/contract';
import { type JSX, Suspense, lazy } from 'react';
import { useMachinePrices } from '../api/machine-prices.ts';
import { useMachineSizes } from '../api/machine-sizes.ts';
import { patiently } from '../api/page-code.ts';
import { PageLink } from '../components/page-link.tsx';
import { ClusterCost } from './cluster-cost.tsx';
import { parseCount } from './draft.ts';
import { type FieldControl, FormField } from './form-field.tsx';
import { type MachineCounts, coresNeeded, familyName, sizeSummary } from './machine-choice.ts';
import { ReadingProblem } from './reading-problem.tsx';
import { useWizard } from './wizard-context.ts';

const SizeTable = lazy(patiently(() => import('./size-table.tsx')));

const useStyles = makeStyles({
  choice: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  chosen: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    overflowWrap: 'anywhere',
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  facts: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  rows: { display: 'grid', gap: tokens.spacingVerticalM, paddingBlock: tokens.spacingVerticalS },
});

/** The size of all machines: what is chosen, what it needs and costs, and everything that the region offers. */
export function MachineSizeField(): JSX.Element {
  const styles = useStyles();
  const { draft, changeAgent } = useWizard();
  const { subscriptionId, region } = draft.basics;
  const query = useMachineSizes(subscriptionId, region);
  const prices = useMachinePrices(subscriptionId, region);
  const machines = { masters: draft.master.count, agents: parseCount(draft.agent.count) };
  const choice = (control: FieldControl): JSX.Element => {
    if (!region)
      return (
        <RadioGroup {...control} tabIndex={-1} className={styles.choice}>
          <span>
            Choose a region in{' '}
            <PageLink to="/create" search={{ step: 'basics' }} inline>
              Basics
            </PageLink>{' '}
            to see the sizes that it offers.
          </span>
        </RadioGroup>
      );
    return (
      <div className={styles.choice}>
        <ChosenSize known={query.data} name={draft.agent.machineSize} machines={machines} />
        {query.data ? (
          <Suspense fallback={<TableSkeleton />}>
            <SizeTable
              control={control}
              known={query.data}
              machines={machines}
              prices={prices.data}
              value={draft.agent.machineSize}
              onChange={(machineSize) => changeAgent({ machineSize })}
            />
          </Suspense>
        ) : (
          query.isFetching && <TableSkeleton />
        )}
        <ReadingProblem query={query} title="The machine sizes could not be read." />
      </div>
    );
  };
  return (
    <FormField
      path="agent.machineSize"
      info="What each machine has. Masters and agents are of the same size."
    >
      {choice}
    </FormField>
  );
}

function ChosenSize({
  known,
  name,
  machines,
}: {
  known: MachineSizes | undefined;
  name: string;
  machines: MachineCounts;
}): JSX.Element {
  const styles = useStyles();
  const size = known?.sizes.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const needed = size && coresNeeded(size, machines);
  return (
    <section className={styles.chosen} aria-label="Chosen size">
      <div className={styles.name}>{name || 'No size is chosen yet.'}</div>
      <div className={styles.facts}>
        {size && (
          <div>
            {sizeSummary(size)} each, {familyName(size)} family.
          </div>
        )}
        {needed !== undefined && (
          <div>
            {machines.masters} {machines.masters === 1 ? 'master' : 'masters'} and {machines.agents}{' '}
            {machines.agents === 1 ? 'agent' : 'agents'} need {needed} vCPUs.
          </div>
        )}
        {known?.regionCoresLeft !== undefined && (
          <div>
            The region's quota has {known.regionCoresLeft}
            {known.regionCoresLimit !== undefined && ` of ${known.regionCoresLimit}`} vCPUs left
            {size?.familyCoresLeft !== undefined && `, that of the family ${size.familyCoresLeft}`}.
          </div>
        )}
        <ClusterCost />
      </div>
    </section>
  );
}

const skeletonRows = [1, 2, 3, 4, 5];

function TableSkeleton(): JSX.Element {
  const styles = useStyles();
  return (
    <Skeleton className={styles.rows} aria-label="The machine sizes are being read">
      {skeletonRows.map((row) => (
        <SkeletonItem key={row} />
      ))}
    </Skeleton>
  );
}
