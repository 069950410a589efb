import type { ClusterSpec } from '@slipway/cluster';
import type { ClusterExport, ClusterPath, TemplateFiles } from '@slipway/contract';
import { z } from 'zod';
import type { Arm } from '../arm/arm.ts';
import { findStackTemplate } from '../arm/stacks.ts';
import { stackRequest } from '../clusters/check-spec.ts';
import { clusterNotFound, readCluster } from '../clusters/cluster-of-stack.ts';
import { readMachineSizes } from '../places/machine-sizes.ts';
import { withoutLiteralSecrets } from './literal-secrets.ts';

/** Exactly what a creation would submit for a spec; nothing is checked, and nothing is made. */
export async function filesOfSpec(arm: Arm, spec: ClusterSpec): Promise<TemplateFiles> {
  const { subscriptionId, region } = spec.basics;
  const sizes = await readMachineSizes(arm, subscriptionId, region);
  const { template, parameters } = await stackRequest(spec, sizes, undefined);
  return { template, parameters };
}

const declarationsSchema = z.object({
  parameters: z.record(z.string(), z.looseObject({ type: z.string().optional().catch(undefined) })),
});

/**
 * What a cluster's stack was given last. ARM does not tell secure values, and what is written out in the template as one is
 * left out.
 *
 * @throws ApiError `ClusterNotFound`
 */
export async function filesOfCluster(arm: Arm, path: ClusterPath): Promise<ClusterExport> {
  const { cluster, stack } = await readCluster(arm, path);
  const found = await findStackTemplate(arm, {
    ...path,
    resourceGroup: cluster.resourceGroup,
    name: cluster.name,
  });
  if (!found) throw clusterNotFound(path);
  const read = declarationsSchema.safeParse(found.template);
  const secure = Object.entries(read.success ? read.data.parameters : {})
    .filter(([, { type }]) => /^secure/i.test(type ?? ''))
    .map(([name]) => name);
  const isSecure = (name: string): boolean =>
    secure.some((each) => each.toLowerCase() === name.toLowerCase());
  const told = Object.entries(stack.parameters).filter(
    ([name, value]) => value !== undefined && !isSecure(name),
  );
  const untold = Object.keys(stack.parameters).filter(
    (name) => stack.parameters[name] === undefined && !isSecure(name),
  );
  const { template, leftOut } = withoutLiteralSecrets(found.template ?? {});
  return {
    ...(found.template === undefined ? {} : { template }),
    parameters: Object.fromEntries(told.map(([name, value]) => [name, { value }])),
    secretParameters: [...secure, ...untold],
    leftOut,
  };
}
