import { Field, Select, makeStyles } from '@fluentui/react-components';
import type { ClusterPath } from '@slipway/contract';
import type { JSX } from 'react';
import { asProblem } from '../../../api/client.ts';
import { useClusters } from '../../../api/clusters.ts';
import { useResourceGroupsOf } from '../../../api/resource-groups.ts';
import { useSubscriptions } from '../../../api/subscriptions.ts';
import { type ComparedWith, isComparedWith, writePlace } from './compared-with.ts';
import { type TopologyPlace, placeKey, placeName } from './topology-place.ts';

const useStyles = makeStyles({
  // As wide as there is room, not as the longest name on offer.
  field: { gridTemplateColumns: 'minmax(0, 1fr)' },
  select: { minWidth: 0, textOverflow: 'ellipsis' },
});

interface ChoiceProps {
  /** What is compared, and so not offered. */
  place: TopologyPlace;
  chosen: ComparedWith;
  /** Told what was chosen as the address says it. */
  onChoose: (text: string) => void;
}

/** Offers the container services. */
export function ClusterChoice({ place, chosen, onChoose }: ChoiceProps): JSX.Element {
  const { data, error } = useClusters();
  const offers = (data ?? []).map((cluster): Offer => {
    const path = pathOf(cluster);
    return { place: { kind: 'cluster', path }, words: `${path.name} (${path.resourceGroup})` };
  });
  return (
    <PlaceChoice
      kind="cluster"
      sections={[{ key: 'all', label: undefined, offers }]}
      isReading={data === undefined && error === null}
      problem={error}
      {...{ place, chosen, onChoose }}
    />
  );
}

const pathOf = ({ subscriptionId, resourceGroup, name }: ClusterPath): ClusterPath => ({
  subscriptionId,
  resourceGroup,
  name,
});

/** Offers the resource groups of every subscription, whoever made them. */
export function GroupChoice({ place, chosen, onChoose }: ChoiceProps): JSX.Element {
  const subscriptions = useSubscriptions();
  const all = subscriptions.data ?? [];
  const reads = useResourceGroupsOf(all.map(({ subscriptionId }) => subscriptionId));
  const sections = all.map(({ subscriptionId, displayName }, at): Section => ({
    key: subscriptionId,
    label: displayName,
    offers: (reads[at]?.data ?? []).map(({ name }) => ({
      place: { kind: 'group', path: { subscriptionId, resourceGroup: name } },
      words: name,
    })),
  }));
  return (
    <PlaceChoice
      kind="group"
      sections={sections}
      isReading={subscriptions.isPending || reads.some(({ isPending }) => isPending)}
      problem={subscriptions.error ?? reads.find(({ error }) => error !== null)?.error ?? null}
      {...{ place, chosen, onChoose }}
    />
  );
}

interface Offer {
  place: TopologyPlace;
  words: string;
}

interface Section {
  key: string;
  /** What the offers have in common; undefined where that need not be said. */
  label: string | undefined;
  offers: readonly Offer[];
}

const nouns = { cluster: 'container service', group: 'resource group' } as const;

interface PlaceChoiceProps extends ChoiceProps {
  kind: TopologyPlace['kind'];
  sections: readonly Section[];
  isReading: boolean;
  /** What keeps some or all of them from being read. */
  problem: Error | null;
}

function PlaceChoice({
  kind,
  place,
  chosen,
  sections,
  isReading,
  problem,
  onChoose,
}: PlaceChoiceProps): JSX.Element {
  const styles = useStyles();
  const isItself = (other: TopologyPlace): boolean =>
    other.kind === place.kind && placeKey(other) === placeKey(place);
  const others = sections
    .map((section) => ({ ...section, offers: section.offers.filter((offer) => !isItself(offer.place)) }))
    .filter(({ offers }) => offers.length > 0);
  const isOffered = others.some(({ offers }) => offers.some((offer) => isComparedWith(chosen, offer.place)));
  // What a link leads to may not be read yet, or may not be listed at all.
  const unlisted = chosen?.kind === kind && !isOffered ? chosen : undefined;
  const known = others.flatMap(({ offers }) => offers.map((offer) => offer.place));
  const value = unlisted ?? known.find((each) => isComparedWith(chosen, each));
  const isEmpty = known.length === 0 && !unlisted;
  const noun = nouns[kind];
  return (
    <Field
      className={styles.field}
      label={`${place.kind === kind ? 'Another' : 'A'} ${noun}`}
      {...(problem === null
        ? {}
        : {
            validationState: 'warning' as const,
            validationMessage: `The ${noun}s could not all be read. ${asProblem(problem).message} ${asProblem(problem).remedy}`,
          })}
    >
      <Select
        select={{ className: styles.select }}
        value={value ? writePlace(value) : ''}
        onChange={(_, { value: text }) => text && onChoose(text)}
        disabled={isEmpty}
      >
        <option value="">
          {isReading ? 'Reading…' : isEmpty && problem === null ? 'There is no other' : 'Choose one'}
        </option>
        {unlisted && <option value={writePlace(unlisted)}>{placeName(unlisted)}</option>}
        {others.map(({ key, label: heading, offers }) =>
          heading === undefined ? (
            <Offers key={key} offers={offers} />
          ) : (
            <optgroup key={key} label={heading}>
              <Offers offers={offers} />
            </optgroup>
          ),
        )}
      </Select>
    </Field>
  );
}

function Offers({ offers }: { offers: readonly Offer[] }): JSX.Element {
  return (
    <>
      {offers.map(({ place, words }) => (
        <option key={placeKey(place)} value={writePlace(place)}>
          {words}
        </option>
      ))}
    </>
  );
}
