import type { ArmResource, ClusterPath, Machine } from '@slipway/contract';
import { buildTopology, kindOfType } from '@slipway/topology';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { listScaleSetInstances, readResource } from '../arm/resources.ts';
import { mapLimited } from '../concurrency.ts';
import { ClusterResourceReader, type ClusterResources } from '../resources/cluster-resources.ts';
import { inOrder, toMachine } from './read-machine.ts';

const readsAtOnce = 8;

/**
 * Which machines a cluster has, and where they stand, changes with deployments and with scaling, and is read from all of
 * its resources; only their power is asked for each time.
 */
const structureKeptForMs = 30_000;

/** Reads the machines of clusters: each VM with its instance view, and each scale set's instances with theirs. */
export class ClusterMachines {
  readonly #arm: Arm;
  readonly #structures: ClusterResourceReader;

  constructor(arm: Arm) {
    this.#arm = arm;
    this.#structures = new ClusterResourceReader(arm, { settledForMs: structureKeptForMs });
  }

  /** The machines as they are now. Throws `ClusterNotFound` where there is no such cluster. */
  async list(path: ClusterPath): Promise<Machine[]> {
    const structure = await this.#structures.read(path);
    const { machines, scaleSets, ...surroundings } = outlineOf(structure);
    const [single, scaled] = await Promise.all([
      mapLimited(machines, readsAtOnce, (id) => readResource(this.#arm, id, 'instanceView')),
      mapLimited(scaleSets, readsAtOnce, (id) => listScaleSetInstances(this.#arm, id, 'instanceView')),
    ]);
    const found = [...single.filter((machine) => machine !== undefined), ...scaled.flat()];
    return inOrder(found.map((machine) => toMachine(machine, surroundings)));
  }

  /**
   * The ARM id of one of the cluster's machines as the cluster itself writes it. Throws `NotFound` for an id that is none
   * of them, whatever else it may be.
   */
  async idOf(path: ClusterPath, id: string): Promise<string> {
    const { machines, scaleSets } = outlineOf(await this.#structures.read(path));
    const wanted = id.toLowerCase();
    const machine = machines.find((each) => each.toLowerCase() === wanted);
    if (machine !== undefined) return machine;
    // An instance may have come since the structure was read: whether it is there ARM says.
    const [, setId, number] = /^(.+)\/virtualmachines\/(\d{1,9})$/.exec(wanted) ?? [];
    const scaleSet = scaleSets.find((each) => each.toLowerCase() === setId);
    if (scaleSet === undefined || number === undefined)
      throw new ApiError('NotFound', `${path.name} has no machine with this id.`);
    return `${scaleSet}/virtualMachines/${number}`;
  }
}

function outlineOf({ cluster, resources }: ClusterResources) {
  const { nodes } = buildTopology({ serviceName: cluster.name, resources, isCluster: true });
  const idsOf = (kind: ReturnType<typeof kindOfType>): string[] =>
    resources.filter(({ type }) => kindOfType(type) === kind).map(({ id }) => id);
  return {
    machines: idsOf('virtualMachine'),
    scaleSets: idsOf('scaleSet'),
    roles: new Map(nodes.flatMap(({ id, role }) => (role === undefined ? [] : [[id, role] as const]))),
    interfaces: new Map(
      resources
        .filter(({ type }) => kindOfType(type) === 'networkInterface')
        .map((resource): [string, ArmResource] => [resource.id.toLowerCase(), resource]),
    ),
  };
}
