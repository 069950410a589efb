import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { networkApiVersions } from '../api-versions.ts';
import { inlineChildChanges, inlineChildHandler } from '../inline-children.ts';
import { idAt, objectAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { recordFrom } from '../resource-plan.ts';
import { keptSubResources, partOf, presentSubResource, readSubResources } from '../sub-resources.ts';
import { allInterfaces } from './ip-configurations.ts';
import { checkSecurityRules, defaultSecurityRules } from './security-rules.ts';
import { subnetsReferring } from './subnet-references.ts';

function usersOf(record: ResourceRecord, view: CloudView): { subnets: string[]; interfaces: string[] } {
  return {
    subnets: subnetsReferring(view, 'networkSecurityGroup', record.id),
    interfaces: allInterfaces(view)
      .filter((nic) => sameText(idAt(nic.properties, 'networkSecurityGroup'), record.id))
      .map((nic) => nic.id),
  };
}

function presentGroup(record: ResourceRecord, view: CloudView): JsonObject {
  const { subnets, interfaces } = usersOf(record, view);
  const shown = (collection: string) => (rule: Parameters<typeof presentSubResource>[2]) =>
    presentSubResource(record, collection, rule);
  return {
    securityRules: keptSubResources(record, 'securityRules').map(shown('securityRules')),
    defaultSecurityRules: defaultSecurityRules.map(shown('defaultSecurityRules')),
    ...(subnets.length === 0 ? {} : { subnets: subnets.map((id): JsonValue => ({ id })) }),
    ...(interfaces.length === 0 ? {} : { networkInterfaces: interfaces.map((id): JsonValue => ({ id })) }),
  };
}

/** `Microsoft.Network/networkSecurityGroups`, with their rules inline. */
export const networkSecurityGroups: ResourceTypeHandler = {
  type: 'Microsoft.Network/networkSecurityGroups',
  apiVersions: networkApiVersions,
  locations: 'all',
  removeWork: 'securityGroup',
  put: (request) => {
    const { id, body, existing } = request;
    const sent = objectAt(body, 'properties');
    const rules = readSubResources(id.text, sent, 'securityRules');
    const properties: JsonObject = {
      ...(typeof sent['flushConnection'] === 'boolean' ? { flushConnection: sent['flushConnection'] } : {}),
      securityRules: checkSecurityRules(id.text, rules),
      resourceGuid: textAt(existing?.properties, 'resourceGuid') ?? randomUUID(),
    };
    return {
      record: recordFrom(request, properties),
      also: inlineChildChanges(
        request,
        'securityRules',
        rules.map((rule) => rule.name),
      ),
      work: 'securityGroup',
    };
  },
  remove: (record, view) => {
    const { subnets, interfaces } = usersOf(record, view);
    const users = [...interfaces, ...subnets];
    if (users.length > 0) {
      throw new ArmError(
        400,
        'InUseNetworkSecurityGroupCannotBeDeleted',
        `Network security group ${record.id} cannot be deleted because it is in use by the following resources: ${users.join(', ')}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
      );
    }
    return { upsert: [], remove: [record.id] };
  },
  present: presentGroup,
  parts: { defaultsecurityrules: partOf(presentGroup, 'defaultSecurityRules') },
};

/** `Microsoft.Network/networkSecurityGroups/securityRules` as resources of their own. */
export const securityRules: ResourceTypeHandler = inlineChildHandler({
  type: 'Microsoft.Network/networkSecurityGroups/securityRules',
  collection: 'securityRules',
  apiVersions: networkApiVersions,
  work: 'securityGroup',
  replace: (group, children) => ({
    ...group.properties,
    securityRules: checkSecurityRules(group.id, children),
  }),
  presentParent: presentGroup,
});
