import { z } from 'zod';

/** Where an entrance is really reached: the cluster's own name and port, or an address of this computer. */
const reachedAtSchema = z.object({ host: z.string(), port: z.number().int() });
export type ReachedAt = z.infer<typeof reachedAtSchema>;

/** What the connect commands are made of; every value is read from the deployed cluster. */
export const connectFactsSchema = z.object({
  adminUsername: z.string(),
  masterFqdn: z.string(),
  agentFqdn: z.string(),
  /** SSH entrances on the masters' address, one per inbound NAT rule, in order of frontend port. */
  ssh: z.array(
    z.object({
      port: z.number().int(),
      machine: z.string(),
      /** The machine's `vmId`: another one whenever another machine stands behind the same address and port. */
      machineId: z.string().optional(),
      backendPort: z.number().int(),
      at: reachedAtSchema,
    }),
  ),
  /** Ports that reach the agents, one per load-balancing rule. */
  agentPorts: z.array(
    z.object({ port: z.number().int(), protocol: z.string(), rule: z.string(), at: reachedAtSchema }),
  ),
  /** Whether a published port answers on every agent: false where the engine cannot route between them. */
  routingMesh: z.boolean(),
  masterCount: z.number().int(),
  agentCount: z.number().int(),
});
export type ConnectFacts = z.infer<typeof connectFactsSchema>;

/** A resource as ARM's GET returns it; only what the facts need is looked at. */
export const armResourceSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  sku: z.unknown().optional(),
  properties: z.unknown().optional(),
});
export type ArmResource = z.infer<typeof armResourceSchema>;

export type ConnectFactsReading =
  | { complete: true; facts: ConnectFacts }
  /** `missing` says in words what the deployed resources do not (yet) tell. */
  | { complete: false; missing: string[] };

const reference = z.object({ id: z.string() });

const loadBalancerSchema = z.object({
  frontendIPConfigurations: z
    .array(z.object({ id: z.string(), properties: z.object({ publicIPAddress: reference.optional() }) }))
    .default([]),
  inboundNatRules: z
    .array(
      z.object({
        id: z.string(),
        properties: z.object({
          frontendIPConfiguration: reference,
          frontendPort: z.number().int(),
          backendPort: z.number().int(),
        }),
      }),
    )
    .default([]),
  loadBalancingRules: z
    .array(
      z.object({
        name: z.string(),
        properties: z.object({
          frontendIPConfiguration: reference,
          backendAddressPool: reference.optional(),
          frontendPort: z.number().int(),
          protocol: z.string(),
        }),
      }),
    )
    .default([]),
});

const publicAddressSchema = z.object({
  dnsSettings: z.object({ fqdn: z.string() }),
  // Only a local cloud whose machines really run tells these two.
  localEndpoints: z.array(z.unknown()).catch([]),
  localRouting: z.unknown().optional(),
});

/** What becomes part of a command must be an address and nothing else. */
const localEndpointSchema = z.object({
  protocol: z.string(),
  port: z.number().int(),
  address: z.union([z.ipv4(), z.ipv6()]),
  localPort: z.number().int().min(1).max(65_535),
});

const interfaceSchema = z.object({
  ipConfigurations: z.array(
    z.object({ properties: z.object({ loadBalancerInboundNatRules: z.array(reference).default([]) }) }),
  ),
});

const machineIdSchema = z.object({ vmId: z.string().regex(/^[\dA-Za-z-]{1,64}$/) });

const machineSchema = z.object({
  osProfile: z.object({ adminUsername: z.string() }),
  networkProfile: z.object({ networkInterfaces: z.array(reference) }),
});

const scaleSetSchema = z.object({
  sku: z.object({ capacity: z.number().int() }),
  properties: z.object({
    virtualMachineProfile: z.object({
      networkProfile: z.object({
        networkInterfaceConfigurations: z.array(
          z.object({
            properties: z.object({
              ipConfigurations: z.array(
                z.object({
                  properties: z.object({ loadBalancerBackendAddressPools: z.array(reference).default([]) }),
                }),
              ),
            }),
          }),
        ),
      }),
    }),
  }),
});

/** ARM ids compare without regard to case. */
const sameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Reads the facts from the deployed resources' own properties: which rule leads through which frontend to which
 * address, and through which interface to which machine. Names play no part.
 *
 * @param resources the cluster's public addresses, load balancers, interfaces, machines and scale sets, as ARM's GET
 *   returns them; others are ignored
 */
export function connectFacts(resources: readonly ArmResource[]): ConnectFactsReading {
  const ofType = (type: string): ArmResource[] =>
    resources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());
  const balancers = ofType('Microsoft.Network/loadBalancers').flatMap((resource) =>
    parsed(loadBalancerSchema, resource.properties),
  );
  const natRules = balancers.flatMap((balancer) => balancer.inboundNatRules);
  const rules = balancers.flatMap((balancer) => balancer.loadBalancingRules);
  const interfaces = ofType('Microsoft.Network/networkInterfaces');
  const machines = ofType('Microsoft.Compute/virtualMachines');

  const addressOfFrontend = (frontendId: string): z.infer<typeof publicAddressSchema> | undefined => {
    const frontend = balancers
      .flatMap((balancer) => balancer.frontendIPConfigurations)
      .find((candidate) => sameId(candidate.id, frontendId));
    const addressId = frontend?.properties.publicIPAddress?.id;
    if (addressId === undefined) return undefined;
    const address = ofType('Microsoft.Network/publicIPAddresses').find((candidate) =>
      sameId(candidate.id, addressId),
    );
    return parsed(publicAddressSchema, address?.properties)[0];
  };

  const localEndpoint = (frontendId: string, protocol: string, port: number): ReachedAt | undefined => {
    const endpoint = addressOfFrontend(frontendId)
      ?.localEndpoints.flatMap((candidate) => parsed(localEndpointSchema, candidate))
      .find((candidate) => candidate.port === port && sameProtocol(protocol, candidate.protocol));
    return endpoint && { host: endpoint.address, port: endpoint.localPort };
  };

  const machineOfNatRule = (natRuleId: string): ArmResource | undefined => {
    const holder = interfaces.find((candidate) =>
      parsed(interfaceSchema, candidate.properties).some(({ ipConfigurations }) =>
        ipConfigurations.some(({ properties }) =>
          properties.loadBalancerInboundNatRules.some(({ id }) => sameId(id, natRuleId)),
        ),
      ),
    );
    if (holder === undefined) return undefined;
    return machines.find((machine) =>
      parsed(machineSchema, machine.properties).some(({ networkProfile }) =>
        networkProfile.networkInterfaces.some(({ id }) => sameId(id, holder.id)),
      ),
    );
  };

  const entrances = natRules
    .flatMap((rule) => {
      const machine = machineOfNatRule(rule.id);
      return machine === undefined ? [] : [{ rule: rule.properties, machine }];
    })
    .toSorted((a, b) => a.rule.frontendPort - b.rule.frontendPort);
  const masters = new Set(entrances.map(({ machine }) => machine.id.toLowerCase()));
  const firstMaster = entrances[0];
  const adminUsername = parsed(machineSchema, firstMaster?.machine.properties)[0]?.osProfile.adminUsername;
  const masterFqdn =
    firstMaster && addressOfFrontend(firstMaster.rule.frontendIPConfiguration.id)?.dnsSettings.fqdn;
  const firstRule = rules[0];
  const agentAddress = firstRule && addressOfFrontend(firstRule.properties.frontendIPConfiguration.id);
  const agentFqdn = agentAddress?.dnsSettings.fqdn;
  const agentCount = agentsBehind(
    ofType('Microsoft.Compute/virtualMachineScaleSets'),
    rules.flatMap(({ properties }) => properties.backendAddressPool?.id ?? []),
  );

  const missing = [
    firstMaster === undefined ? 'an inbound NAT rule that leads to a master' : undefined,
    firstMaster !== undefined && adminUsername === undefined ? "the masters' admin user" : undefined,
    firstMaster !== undefined && masterFqdn === undefined
      ? "the DNS name of the masters' address"
      : undefined,
    firstRule === undefined ? 'a load-balancing rule that leads to the agents' : undefined,
    firstRule !== undefined && agentFqdn === undefined ? "the DNS name of the agents' address" : undefined,
    agentCount === undefined ? "the agents' scale set" : undefined,
  ].filter((entry) => entry !== undefined);
  if (
    adminUsername === undefined ||
    masterFqdn === undefined ||
    agentFqdn === undefined ||
    agentCount === undefined
  )
    return { complete: false, missing };

  return {
    complete: true,
    facts: {
      adminUsername,
      masterFqdn,
      agentFqdn,
      ssh: entrances.map(({ rule: { frontendIPConfiguration, frontendPort, backendPort }, machine }) => ({
        port: frontendPort,
        machine: machine.name,
        machineId: parsed(machineIdSchema, machine.properties)[0]?.vmId,
        backendPort,
        at: localEndpoint(frontendIPConfiguration.id, 'Tcp', frontendPort) ?? {
          host: masterFqdn,
          port: frontendPort,
        },
      })),
      agentPorts: rules
        .map(({ name, properties: { frontendIPConfiguration, frontendPort, protocol } }) => ({
          port: frontendPort,
          protocol,
          rule: name,
          at: localEndpoint(frontendIPConfiguration.id, protocol, frontendPort) ?? {
            host: agentFqdn,
            port: frontendPort,
          },
        }))
        .toSorted((a, b) => a.port - b.port),
      routingMesh: agentAddress?.localRouting !== 'host-only',
      masterCount: masters.size,
      agentCount,
    },
  };
}

/** A rule for `All` protocols is one for each. */
const sameProtocol = (ofRule: string, ofEndpoint: string): boolean =>
  ofRule.toLowerCase() === 'all' || ofRule.toLowerCase() === ofEndpoint.toLowerCase();

/** Instances of the scale sets that stand in the given backend pools; undefined when there is no such scale set. */
function agentsBehind(scaleSets: readonly ArmResource[], poolIds: readonly string[]): number | undefined {
  const capacities = scaleSets
    .flatMap((resource) => parsed(scaleSetSchema, resource))
    .filter(({ properties }) =>
      properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations
        .flatMap((nic) => nic.properties.ipConfigurations)
        .flatMap((configuration) => configuration.properties.loadBalancerBackendAddressPools)
        .some((pool) => poolIds.some((poolId) => sameId(poolId, pool.id))),
    )
    .map(({ sku }) => sku.capacity);
  return capacities.length === 0 ? undefined : capacities.reduce((sum, capacity) => sum + capacity, 0);
}

/** The value in a list when it has the expected form, else an empty list: a half-deployed resource tells nothing. */
function parsed<T>(schema: z.ZodType<T>, value: unknown): T[] {
  const result = schema.safeParse(value);
  return result.success ? [result.data] : [];
}
