import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import {
  AZURE_RESERVED_ADDRESSES,
  isDefaultNetwork,
  masterAddresses,
  publicRanges,
  subnetRoom,
} from '@slipway/cluster';
import type { JSX } from 'react';
import { defaultNetworkDraft, networkOf } from './draft.ts';
import { TextField } from './text-field.tsx';
import { useWizard } from './wizard-context.ts';

const useStyles = makeStyles({
  warning: {
    display: 'flex',
    alignItems: 'baseline',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground1,
    '& svg': { flexShrink: 0, alignSelf: 'start', marginTop: '2px' },
  },
  reset: { justifySelf: 'start' },
});

/** The address ranges of the virtual network and its two subnets. */
export function NetworkFields(): JSX.Element {
  const styles = useStyles();
  const { draft, errors, changeNetwork } = useWizard();
  const network = networkOf(draft);
  const open = publicRanges(network.addressSpace);
  const masters = errors['network.masterSubnet']
    ? []
    : masterAddresses(network.masterSubnet, draft.master.count);
  const room = errors['network.agentSubnet'] ? undefined : subnetRoom(network.agentSubnet);
  return (
    <>
      <TextField
        path="network.addressSpace"
        value={draft.network.addressSpace}
        onChange={(addressSpace) => changeNetwork({ addressSpace })}
        placeholder="10.20.0.0/16"
        info="The ranges of the virtual network. They matter when it is to be connected to other networks: then no address may be in both. On the machines Docker uses 172.24.0.0/13 and Swarm's overlay networks 192.168.0.0/16; neither may be in it."
        below={
          <>
            Ranges of IPv4 addresses, separated by commas.
            {open.length > 0 && (
              <div className={styles.warning}>
                <WarningRegular aria-hidden />
                <span>
                  {open.join(' and ')} {open.length === 1 ? 'is' : 'are'} public: the machines cannot reach
                  hosts of the internet that have such addresses. Private ranges are 10.0.0.0/8,
                  172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10.
                </span>
              </div>
            )}
          </>
        }
      />
      <TextField
        path="network.masterSubnet"
        value={draft.network.masterSubnet}
        onChange={(masterSubnet) => changeNetwork({ masterSubnet })}
        placeholder="10.20.0.0/24"
        info="Where the masters are. Their addresses are fixed, and cannot change later."
        below={masters.length > 0 && `Masters get ${masters.join(', ')}.`}
      />
      <TextField
        path="network.agentSubnet"
        value={draft.network.agentSubnet}
        onChange={(agentSubnet) => changeNetwork({ agentSubnet })}
        placeholder="10.20.1.0/24"
        info="Where the agents are. It cannot change later, so it has to have room for as many as a cluster can ever have."
        below={
          room !== undefined &&
          `Room for ${room.toLocaleString()} machines; ${AZURE_RESERVED_ADDRESSES} addresses are Azure's own.`
        }
      />
      {!isDefaultNetwork(network) && (
        <Button size="small" className={styles.reset} onClick={() => changeNetwork(defaultNetworkDraft)}>
          Use the default ranges
        </Button>
      )}
    </>
  );
}
