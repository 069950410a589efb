import type { NetworkInspectInfo } from 'dockerode';
import type { Engine } from './engine.ts';
import { engineMessage } from './engine-errors.ts';
import { fixedAddresses, freeSubnets } from './engine-subnets.ts';

/**
 * Makes a bridge network of the engine in a range that is free on this computer and does not meet `avoided`. Throws an
 * Error when there is none left, and what the engine throws.
 */
export async function createNetwork(
  { docker }: Engine,
  avoided: readonly string[],
  network: { Name: string; Labels: Record<string, string>; Options: Record<string, string> },
): Promise<NetworkInspectInfo> {
  const others = (await docker.listNetworks()).flatMap(({ IPAM }) =>
    (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet?.includes('.') === true ? [Subnet] : [])),
  );
  for (const subnet of freeSubnets([...avoided, ...others])) {
    try {
      const created = await docker.createNetwork({
        ...network,
        Driver: 'bridge',
        IPAM: {
          Driver: 'default',
          Config: [{ Subnet: subnet, Gateway: fixedAddresses(subnet).gateway }],
        },
      });
      return await created.inspect();
    } catch (error) {
      // Somebody else's network has come in between.
      if (!/overlap/i.test(engineMessage(error))) throw error;
    }
  }
  throw new Error('this computer has no range of addresses left for another network');
}
