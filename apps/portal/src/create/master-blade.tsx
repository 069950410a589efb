import { RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import { masterCounts } from '@slipway/cluster';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { dnsAvailabilityQuery } from '../api/dns-availability.ts';
import { Blade } from './blade.tsx';
import { DnsPrefixField } from './dns-prefix-field.tsx';
import { type FieldErrors, allErrors } from './field-errors.ts';
import { FormField } from './form-field.tsx';
import { RadioChoice } from './radio-choice.tsx';
import { survival } from './master-counts.ts';
import { SshKeyField } from './ssh-key-field.tsx';
import { TextField } from './text-field.tsx';
import { useWizard } from './wizard-context.ts';

/** The cluster's address, who signs in, and how many masters there are. */
export function MasterBlade(): JSX.Element {
  const { draft, facts, changeMaster } = useWizard();
  const client = useQueryClient();

  const settle = async (errors: FieldErrors): Promise<FieldErrors> => {
    const { subscriptionId, region } = draft.basics;
    const { dnsPrefix } = draft.master;
    if (facts.dns || errors['master.dnsPrefix'] || !subscriptionId || !region) return errors;
    try {
      const dns = await client.fetchQuery(dnsAvailabilityQuery(subscriptionId, region, dnsPrefix));
      return allErrors(draft, { ...facts, dns });
    } catch {
      // The field says that the check failed; the validation on the summary asks ARM again.
      return errors;
    }
  };

  return (
    <Blade step="master" settle={settle}>
      <OrchestratorField />
      <DnsPrefixField />
      <TextField
        path="master.adminUsername"
        value={draft.master.adminUsername}
        onChange={(adminUsername) => changeMaster({ adminUsername })}
        placeholder="azureuser"
        info="The user that is made on every machine. You sign in with it and your SSH key; there is no password."
        maxLength={64}
      />
      <SshKeyField />
      <MasterCountField />
    </Blade>
  );
}

const useStyles = makeStyles({ group: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` } });

function OrchestratorField(): JSX.Element {
  const styles = useStyles();
  const { draft, changeMaster } = useWizard();
  return (
    <FormField path="master.orchestrator" info="The software that spreads containers over the machines.">
      {(control) => (
        <RadioGroup
          {...control}
          className={styles.group}
          value={draft.master.orchestrator}
          onChange={() => changeMaster({ orchestrator: 'swarm' })}
        >
          <RadioChoice value="swarm" label="Swarm" detail="Docker Swarm mode, built into Docker itself." />
        </RadioGroup>
      )}
    </FormField>
  );
}

function MasterCountField(): JSX.Element {
  const styles = useStyles();
  const { draft, facts, changeMaster } = useWizard();
  return (
    <FormField
      path="master.count"
      info="Masters manage the cluster and decide by majority; your containers run on the agents."
    >
      {(control) => (
        <RadioGroup
          {...control}
          className={styles.group}
          value={String(draft.master.count)}
          onChange={(_event, data) => {
            const count = masterCounts.find((each) => String(each) === data.value);
            if (count) changeMaster({ count });
          }}
        >
          {masterCounts.map((count) => (
            <RadioChoice
              key={count}
              value={String(count)}
              label={count === 1 ? '1 master' : `${count} masters`}
              detail={survival(count, facts.machineSizes?.faultDomains)}
            />
          ))}
        </RadioGroup>
      )}
    </FormField>
  );
}
