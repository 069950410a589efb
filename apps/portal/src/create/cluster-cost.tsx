import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { useMachinePrices } from '../api/machine-prices.ts';
import { parseCount } from './draft.ts';
import { clusterPerMonth, dayText, hoursPerMonth, moneyText, pricePerHour } from './machine-cost.ts';
import { useWizard } from './wizard-context.ts';

const useStyles = makeStyles({ sum: { fontWeight: tokens.fontWeightSemibold } });

/**
 * What the cluster's machines cost a month, who says so and what comes on top; or that nobody has said so. Nothing while
 * no size is chosen.
 */
export function ClusterCost(): JSX.Element | null {
  const styles = useStyles();
  const { draft } = useWizard();
  const { subscriptionId, region } = draft.basics;
  const name = draft.agent.machineSize;
  const { data: prices, isPending, isError } = useMachinePrices(subscriptionId, region);
  if (!name || !region) return null;
  const machines = { masters: draft.master.count, agents: parseCount(draft.agent.count) };
  const month = clusterPerMonth({ name }, machines, prices);
  const hour = pricePerHour(name, prices);
  if (!prices?.known || hour === undefined) {
    if (isPending) return <div>Monthly cost: being looked up…</div>;
    return (
      <div>
        Monthly cost: price unknown. {isError && 'The prices could not be read.'}
        {prices?.known === false && prices.reason}
        {prices?.known && `${prices.source} has no price of ${name}.`}
      </div>
    );
  }
  return (
    <div>
      {month !== undefined && (
        <>
          <span className={styles.sum}>
            {moneyText(month, prices.currency)} a month for {machines.masters + machines.agents} machines
          </span>
          , {moneyText(hour, prices.currency, 4)} an hour each, {hoursPerMonth} hours a month.{' '}
        </>
      )}
      Prices: {prices.source}, {dayText(prices.date)}. Not included: disks, public addresses, load balancers,
      storage and traffic.
    </div>
  );
}
