import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { useMachinePrices } from '../../api/machine-prices.ts';
import { dayText, hoursPerMonth, moneyText, pricePerHour } from '../../create/machine-cost.ts';
import { usePageStyles } from '../page-styles.ts';

/** What the cluster's machines cost a month with another number of agents, and who says so; or that nobody has said so. */
export function ScaleCost({
  cluster,
  now,
  wanted,
}: {
  cluster: Cluster;
  now: number;
  wanted: number;
}): JSX.Element | null {
  const styles = usePageStyles();
  const { data: prices, isPending } = useMachinePrices(cluster.subscriptionId, cluster.region);
  if (isPending) return null;
  const hour = pricePerHour(cluster.machineSize, prices);
  if (!prices?.known || hour === undefined)
    return (
      <p className={styles.text}>
        Monthly cost: price unknown. {prices?.known === false && prices.reason}
        {prices?.known && `${prices.source} has no price of ${cluster.machineSize}.`}
        {!prices && 'The prices could not be read.'}
      </p>
    );
  const monthly = (machines: number): string => moneyText(machines * hour * hoursPerMonth, prices.currency);
  const difference = wanted - now;
  return (
    <p className={styles.text}>
      {difference === 0 ? (
        <>The agents cost {monthly(wanted)} a month</>
      ) : (
        <strong>
          {monthly(Math.abs(difference))} a month {difference > 0 ? 'more' : 'less'}: {monthly(wanted)} for
          all agents
        </strong>
      )}
      , at {moneyText(hour, prices.currency, 4)} an hour each and {hoursPerMonth} hours a month. Prices:{' '}
      {prices.source}, {dayText(prices.date)}. Not included: disks and traffic.
    </p>
  );
}
