import type { ArmResource } from '@slipway/contract';
import { z } from 'zod';

/** What Azure has for a port: names of a rule of a load balancer, of its probe, and of the security rule that lets it in. */
export interface PortPieces {
  rule?: string;
  probe?: string;
  securityRule?: string;
}

const balancerSchema = z.object({
  loadBalancingRules: z.array(
    z.object({
      name: z.string(),
      properties: z.object({
        frontendPort: z.number(),
        probe: z.object({ id: z.string() }).optional(),
      }),
    }),
  ),
});

const securityGroupSchema = z.object({
  securityRules: z.array(
    z.object({
      name: z.string(),
      properties: z.object({
        access: z.string(),
        direction: z.string(),
        protocol: z.string(),
        sourceAddressPrefix: z.string().optional(),
        destinationPortRange: z.string().optional(),
        destinationPortRanges: z.array(z.string()).default([]),
      }),
    }),
  ),
});

type BalancerRule = z.infer<typeof balancerSchema>['loadBalancingRules'][number];
type SecurityRule = z.infer<typeof securityGroupSchema>['securityRules'][number];

/** Finds what Azure has for each port, and the rules of the balancer that are for none of these ports. */
export function piecesOfPorts(
  resources: readonly ArmResource[],
  ports: readonly number[],
): { byPort: ReadonlyMap<number, PortPieces>; strangers: { name: string; port: number }[] } {
  const propertiesOf = <T>(type: string, schema: z.ZodType<T>): T[] =>
    resources
      .filter((resource) => resource.type.toLowerCase() === type)
      .flatMap(({ properties }) => schema.safeParse(properties).data ?? []);
  const rules = propertiesOf('microsoft.network/loadbalancers', balancerSchema).flatMap(
    ({ loadBalancingRules }) => loadBalancingRules,
  );
  const letIn = propertiesOf('microsoft.network/networksecuritygroups', securityGroupSchema)
    .flatMap(({ securityRules }) => securityRules)
    .filter(letsTheInternetIn);
  const byPort = new Map(ports.map((port) => [port, piecesOf(port, rules, letIn)]));
  const strangers = rules
    .map(({ name, properties }) => ({ name, port: properties.frontendPort }))
    .filter(({ port }) => !byPort.has(port));
  return { byPort, strangers };
}

function piecesOf(port: number, rules: readonly BalancerRule[], letIn: readonly SecurityRule[]): PortPieces {
  const rule = rules.find(({ properties }) => properties.frontendPort === port);
  const probe = rule?.properties.probe?.id.split('/').at(-1);
  const securityRule = letIn.find(({ properties }) =>
    [properties.destinationPortRange, ...properties.destinationPortRanges].some((range) =>
      covers(range, port),
    ),
  );
  return {
    ...(rule ? { rule: rule.name } : {}),
    ...(probe === undefined ? {} : { probe }),
    ...(securityRule ? { securityRule: securityRule.name } : {}),
  };
}

const letsTheInternetIn = ({ properties }: SecurityRule): boolean =>
  /^allow$/i.test(properties.access) &&
  /^inbound$/i.test(properties.direction) &&
  /^(?:tcp|\*)$/i.test(properties.protocol) &&
  /^(?:internet|\*|0\.0\.0\.0\/0)$/i.test(properties.sourceAddressPrefix ?? '');

function covers(range: string | undefined, port: number): boolean {
  if (range === '*') return true;
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range ?? '') ?? [];
  return first !== undefined && Number(first) <= port && port <= Number(last);
}
