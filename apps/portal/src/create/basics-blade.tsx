import { Input, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import type { Region, Subscription } from '@slipway/contract';
import type { JSX } from 'react';
import { useRegions } from '../api/regions.ts';
import { useResourceGroups } from '../api/resource-groups.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { AdvancedPart } from './advanced-part.tsx';
import { Blade } from './blade.tsx';
import type { Choice } from './choices.ts';
import { FormField } from './form-field.tsx';
import { Bracket } from './bracket.tsx';
import { ReadingProblem } from './reading-problem.tsx';
import { SearchSelect } from './search-select.tsx';
import { TextField } from './text-field.tsx';
import { useWizard } from './wizard-context.ts';

/** Name and place of the container service. */
export function BasicsBlade(): JSX.Element {
  const { draft, changeBasics } = useWizard();
  return (
    <Blade step="basics">
      <TextField
        path="basics.serviceName"
        value={draft.basics.serviceName}
        onChange={(serviceName) => changeBasics({ serviceName })}
        placeholder="my-swarm"
        info="The name of the container service in its resource group. You find the cluster under it; it appears in no address."
      />
      <SubscriptionField />
      <Bracket>
        <ResourceGroupField />
      </Bracket>
      <RegionField />
      <AdvancedPart />
    </Blade>
  );
}

const subscriptionChoice = (subscription: Subscription): Choice => ({
  value: subscription.subscriptionId,
  text: subscription.displayName,
  detail: subscription.subscriptionId,
  obstacle:
    subscription.state === 'Enabled'
      ? undefined
      : `Nothing can be created in it: its state is ${subscription.state}.`,
});

function SubscriptionField(): JSX.Element {
  const { draft, changeBasics } = useWizard();
  const subscriptions = useSubscriptions();
  const { resourceGroup } = draft.basics;
  return (
    <FormField path="basics.subscriptionId" info="Who pays for the cluster, and whose quotas it uses.">
      {(control) => (
        <>
          <SearchSelect
            control={control}
            choices={subscriptions.data?.map(subscriptionChoice)}
            value={draft.basics.subscriptionId}
            onChange={(subscriptionId) =>
              changeBasics({
                subscriptionId,
                // A group of another subscription is not to be found in this one.
                ...(resourceGroup.kind === 'existing'
                  ? { resourceGroup: { kind: 'existing', name: '' } }
                  : {}),
              })
            }
            placeholder="Search subscriptions"
            empty="There is no subscription that you may use."
          />
          <ReadingProblem query={subscriptions} title="The subscriptions could not be read." />
        </>
      )}
    </FormField>
  );
}

const useGroupStyles = makeStyles({
  radios: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
});

function ResourceGroupField(): JSX.Element {
  const styles = useGroupStyles();
  const { draft, changeBasics } = useWizard();
  const { subscriptionId, resourceGroup } = draft.basics;
  const groups = useResourceGroups(subscriptionId);
  const path = 'basics.resourceGroup.name';
  const change = (next: typeof resourceGroup): void => changeBasics({ resourceGroup: next });
  const choices = groups.data?.map((group) => ({
    value: group.name,
    text: group.name,
    detail: group.location,
  }));
  const kind = (
    <RadioGroup
      className={styles.radios}
      layout="horizontal"
      aria-label="New or existing group"
      value={resourceGroup.kind}
      onChange={(_, data) => change({ kind: data.value === 'new' ? 'new' : 'existing', name: '' })}
    >
      <Radio value="new" label="Create new" />
      <Radio value="existing" label="Use existing" />
    </RadioGroup>
  );
  const info =
    'A folder for everything the cluster is made of. A group of its own makes it easy to see and to delete.';
  return (
    <FormField path={path} info={info}>
      {(control) => (
        <>
          {kind}
          {resourceGroup.kind === 'new' ? (
            <Input
              {...control}
              value={resourceGroup.name}
              onChange={(_, data) => change({ kind: 'new', name: data.value })}
              placeholder="my-swarm-group"
              maxLength={200}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          ) : (
            <SearchSelect
              control={control}
              choices={subscriptionId ? choices : []}
              value={resourceGroup.name}
              onChange={(name) => change({ kind: 'existing', name })}
              placeholder="Search resource groups"
              empty={
                subscriptionId
                  ? 'The subscription has no resource groups. Choose “Create new”.'
                  : 'Choose a subscription first.'
              }
            />
          )}
          <ReadingProblem query={groups} title="The resource groups could not be read." />
        </>
      )}
    </FormField>
  );
}

const regionChoice = (region: Region): Choice => ({
  value: region.name,
  text: region.displayName,
  detail: region.name,
  group: region.category === 'Recommended' ? 'Recommended' : region.category ? 'Other regions' : undefined,
});

function RegionField(): JSX.Element {
  const { draft, changeBasics } = useWizard();
  const { subscriptionId, region } = draft.basics;
  const regions = useRegions(subscriptionId);
  const inOrder = regions.data?.toSorted(
    (one, other) =>
      Number(other.category === 'Recommended') - Number(one.category === 'Recommended') ||
      one.displayName.localeCompare(other.displayName, 'en'),
  );
  return (
    <FormField
      path="basics.region"
      info="Where the machines stand. The cluster's addresses contain its name."
    >
      {(control) => (
        <>
          <SearchSelect
            control={control}
            choices={subscriptionId ? inOrder?.map(regionChoice) : []}
            value={region}
            onChange={(name) => changeBasics({ region: name })}
            placeholder="Search regions"
            empty={subscriptionId ? 'The subscription offers no region.' : 'Choose a subscription first.'}
          />
          <ReadingProblem query={regions} title="The regions could not be read." />
        </>
      )}
    </FormField>
  );
}
