import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { networkApiVersions } from '../api-versions.ts';
import { inlineChildChanges, inlineChildHandler, joinChanges } from '../inline-children.ts';
import { idAt, objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, RecordChanges, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import {
  keptSubResources,
  partOf,
  presentSubResource,
  storedSubResources,
  subResourceId,
} from '../sub-resources.ts';
import type { SubResource } from '../sub-resources.ts';
import { allInterfaces, instanceInterfaceType } from './ip-configurations.ts';
import { planLoadBalancer } from './load-balancer-parts.ts';
import { presentBalancerParts } from './load-balancer-view.ts';
import { allocateDynamicAddresses } from './public-ip-addresses.ts';

const loadBalancerType = 'Microsoft.Network/loadBalancers';

function skuOf(envelope: JsonObject): 'Basic' | 'Standard' {
  return sameText(textAt(envelope, 'sku', 'name'), 'Standard') ? 'Standard' : 'Basic';
}

function presentBalancer(record: ResourceRecord, view: CloudView): JsonObject {
  return presentBalancerParts(record, view, (collection, computed) =>
    keptSubResources(record, collection).map((item) =>
      presentSubResource(
        record,
        collection,
        item,
        computed(subResourceId(record.id, collection, item.name), item.name),
      ),
    ),
  );
}

/** Interfaces without their references to parts of load balancers that go. */
function interfacesWithout(view: CloudView, isGone: (id: string) => boolean): ResourceRecord[] {
  const changed: ResourceRecord[] = [];
  for (const nic of allInterfaces(view)) {
    let isChanged = false;
    const configurations = keptSubResources(nic, 'ipConfigurations').map((configuration) => {
      const properties = { ...configuration.properties };
      for (const member of ['loadBalancerBackendAddressPools', 'loadBalancerInboundNatRules'] as const) {
        const references = objectsAt(properties, member);
        const left = references.filter((reference) => !isGone(textAt(reference, 'id') ?? ''));
        if (left.length === references.length) continue;
        isChanged = true;
        properties[member] = left;
      }
      return { ...configuration, properties };
    });
    if (!isChanged) continue;
    changed.push({
      ...nic,
      properties: { ...nic.properties, ipConfigurations: storedSubResources(configurations) },
    });
  }
  return changed;
}

/** The pools and NAT rules that a load balancer loses when it is put again, taken out of the interfaces. */
function dropLostParts(
  view: CloudView,
  existing: ResourceRecord | undefined,
  properties: JsonObject,
): RecordChanges {
  if (!existing) return { upsert: [], remove: [] };
  const lost = ['backendAddressPools', 'inboundNatRules'].flatMap((collection) =>
    keptSubResources(existing, collection)
      .filter(
        (old) => !objectsAt(properties, collection).some((item) => sameText(textAt(item, 'name'), old.name)),
      )
      .map((old) => subResourceId(existing.id, collection, old.name)),
  );
  if (lost.length === 0) return { upsert: [], remove: [] };
  return {
    upsert: interfacesWithout(view, (id) => lost.some((gone) => sameText(gone, id))),
    remove: [],
  };
}

function publicAddressesOf(properties: JsonObject): string[] {
  return objectsAt(properties, 'frontendIPConfigurations').flatMap(
    (frontend) => idAt(frontend, 'properties', 'publicIPAddress') ?? [],
  );
}

/** `Microsoft.Network/loadBalancers`, with everything inline that Azure keeps inline. */
export const loadBalancers: ResourceTypeHandler = {
  type: loadBalancerType,
  apiVersions: networkApiVersions,
  locations: 'all',
  removeWork: 'loadBalancer',
  put: (request) => {
    const { id, body, existing, view } = request;
    const location = textAt(body, 'location');
    const sku = skuOf(body);
    const planned = planLoadBalancer({
      id: id.text,
      sku,
      location: location === undefined ? undefined : normalLocation(location),
      sent: objectAt(body, 'properties'),
      existing,
      view,
    });
    const properties = {
      ...planned,
      resourceGuid: textAt(existing?.properties, 'resourceGuid') ?? randomUUID(),
    };
    const names = (collection: string) =>
      objectsAt(planned, collection).map((item) => textAt(item, 'name') ?? '');
    return {
      record: recordFrom(request, properties, {
        envelope: { sku: { name: sku, tier: textAt(body, 'sku', 'tier') ?? 'Regional' } },
      }),
      also: joinChanges(
        inlineChildChanges(request, 'inboundNatRules', names('inboundNatRules')),
        inlineChildChanges(request, 'backendAddressPools', names('backendAddressPools')),
        dropLostParts(view, existing, planned),
        allocateDynamicAddresses(view, publicAddressesOf(planned)),
      ),
      work: 'loadBalancer',
    };
  },
  remove: (record, view) => {
    const prefix = `${record.id}/`.toLowerCase();
    const isPart = (id: string) => id.toLowerCase().startsWith(prefix);
    const users = interfacesWithout(view, isPart);
    const instance = users.find((user) => user.type === instanceInterfaceType);
    if (instance) {
      throw new ArmError(
        409,
        'LoadBalancerInUseByVirtualMachineScaleSet',
        `Cannot delete load balancer ${record.id} since its child resources ${keptSubResources(
          record,
          'backendAddressPools',
        )
          .map((pool) => pool.name)
          .join(
            ', ',
          )} are in use by virtual machine scale set ${instance.id.split('/virtualMachines/')[0] ?? ''}.`,
      );
    }
    return { upsert: users, remove: [record.id] };
  },
  present: presentBalancer,
  parts: {
    frontendipconfigurations: partOf(presentBalancer, 'frontendIPConfigurations'),
    loadbalancingrules: partOf(presentBalancer, 'loadBalancingRules'),
    probes: partOf(presentBalancer, 'probes'),
    outboundrules: partOf(presentBalancer, 'outboundRules'),
  },
};

/** A load balancer's properties with other children in one collection, checked as a whole. */
function replaceIn(collection: string) {
  return (balancer: ResourceRecord, children: readonly SubResource[], view: CloudView): JsonObject => ({
    ...balancer.properties,
    ...planLoadBalancer({
      id: balancer.id,
      sku: skuOf(balancer.envelope),
      location: balancer.location,
      sent: { ...balancer.properties, [collection]: storedSubResources(children) },
      existing: balancer,
      view,
    }),
  });
}

/** `Microsoft.Network/loadBalancers/inboundNatRules` as resources of their own. */
export const inboundNatRules: ResourceTypeHandler = inlineChildHandler({
  type: `${loadBalancerType}/inboundNatRules`,
  collection: 'inboundNatRules',
  apiVersions: networkApiVersions,
  work: 'loadBalancer',
  replace: replaceIn('inboundNatRules'),
  presentParent: presentBalancer,
});

/** `Microsoft.Network/loadBalancers/backendAddressPools` as resources of their own. */
export const backendAddressPools: ResourceTypeHandler = inlineChildHandler({
  type: `${loadBalancerType}/backendAddressPools`,
  collection: 'backendAddressPools',
  apiVersions: networkApiVersions,
  work: 'loadBalancer',
  replace: replaceIn('backendAddressPools'),
  presentParent: presentBalancer,
});
