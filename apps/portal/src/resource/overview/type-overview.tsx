import type { ArmResource, ResourceRelations } from '@slipway/contract';
import { type TopologyNode, buildTopology, kindOfType } from '@slipway/topology';
import { type JSX, useMemo } from 'react';
import { useGroupResources } from '../../api/group-resources.ts';
import { useResourceRelations } from '../../api/resource.ts';
import { RelatedSection } from '../related-section.tsx';
import { placeOf } from '../resource-id.ts';
import { AvailabilitySetOverview } from './availability-set.tsx';
import { KeyFacts } from './key-facts.tsx';
import { LoadBalancerOverview } from './load-balancer.tsx';
import { MachineOverview } from './machine.tsx';
import { Neighbours } from './neighbours.ts';
import { NetworkInterfaceOverview } from './network-interface.tsx';
import { ScaleSetOverview } from './scale-set.tsx';
import { SecurityGroupOverview } from './security-group.tsx';
import { StorageAccountOverview } from './storage-account.tsx';
import { SubnetOverview, VirtualNetworkOverview } from './virtual-network.tsx';

/** What there is to know of a resource of its type, in plain words, with what its resource group tells of it. */
export function TypeOverview({ resource }: { resource: ArmResource }): JSX.Element {
  const { subscriptionId, resourceGroup = '' } = placeOf(resource.id);
  const { data: around } = useGroupResources(subscriptionId, resourceGroup, { watched: false });
  const { data: relations } = useResourceRelations(resource.id);
  const isOfCluster = relations?.cluster !== undefined;
  const { neighbours, nodes } = useMemo(() => {
    const known = (around ?? []).filter(({ id }) => id.toLowerCase() !== resource.id.toLowerCase());
    const resources = [...known, resource];
    return {
      neighbours: new Neighbours(resources),
      nodes: buildTopology({ serviceName: '', resources, isCluster: isOfCluster }).nodes,
    };
  }, [around, resource, isOfCluster]);
  const node = nodes.find(({ id }) => id === resource.id.toLowerCase());
  return (
    <>
      {node && <KeyFacts node={node} isOfCluster={isOfCluster} />}
      <OfItsKind resource={resource} neighbours={neighbours} nodes={nodes} relations={relations} />
    </>
  );
}

function OfItsKind({
  resource,
  neighbours,
  nodes,
  relations,
}: {
  resource: ArmResource;
  neighbours: Neighbours;
  nodes: readonly TopologyNode[];
  relations: ResourceRelations | undefined;
}): JSX.Element | null {
  const cluster = relations?.cluster;
  const kind = kindOfType(resource.type);
  if (kind === 'loadBalancer') return <LoadBalancerOverview resource={resource} neighbours={neighbours} />;
  if (kind === 'virtualNetwork')
    return <VirtualNetworkOverview resource={resource} neighbours={neighbours} />;
  if (kind === 'subnet') return <SubnetOverview resource={resource} neighbours={neighbours} />;
  if (kind === 'networkSecurityGroup') return <SecurityGroupOverview resource={resource} nodes={nodes} />;
  if (kind === 'networkInterface') return <NetworkInterfaceOverview resource={resource} />;
  if (kind === 'availabilitySet')
    return <AvailabilitySetOverview resource={resource} neighbours={neighbours} />;
  if (kind === 'scaleSet')
    return <ScaleSetOverview resource={resource} neighbours={neighbours} cluster={cluster} />;
  if (kind === 'virtualMachine' || kind === 'scaleSetInstance')
    return <MachineOverview resource={resource} relations={relations} />;
  if (kind === 'storageAccount') return <StorageAccountOverview resource={resource} />;
  if (relations && kind === 'disk')
    return (
      <RelatedSection title="Attached to" none="It is attached to no machine." related={relations.usedBy} />
    );
  if (relations && kind === 'publicIp')
    return (
      <RelatedSection
        title="Used by"
        none="Nobody uses this address: it is paid for all the same."
        related={relations.usedBy}
      />
    );
  return null;
}
