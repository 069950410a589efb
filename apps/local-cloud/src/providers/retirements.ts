import type { JsonObject } from '@slipway/arm-template';
import { objectAt, objectsAt, sameText, textAt } from './json-reading.ts';
import type { PutRequest } from './provider.ts';

/** Something that Azure no longer makes, and with which words it refuses it. */
export interface Retirement {
  status: 400 | 404 | 409;
  code: string;
  message: string;
}

const isBasic = (body: JsonObject): boolean => !sameText(textAt(body, 'sku', 'name'), 'Standard');

/** Whether an OS or data disk is a blob in a storage account. */
function hasUnmanagedDisk(profile: JsonObject): boolean {
  const disks = [objectAt(profile, 'osDisk'), ...objectsAt(profile, 'dataDisks')];
  return disks.some(
    (disk) => Object.keys(objectAt(disk, 'vhd')).length > 0 || Array.isArray(disk['vhdContainers']),
  );
}

/** Images that the marketplace has no more: a publisher, an offer, and the SKUs of it (all where there are none). */
const goneImages: readonly { publisher: string; offer: RegExp; sku?: RegExp }[] = [
  { publisher: 'Canonical', offer: /^UbuntuServer$/i, sku: /^(?:1[02457]\.|16\.(?:04|10)|18\.10|19\.)/ },
  { publisher: 'CoreOS', offer: /^CoreOS$/i },
  { publisher: 'credativ', offer: /^Debian$/i },
  { publisher: 'OpenLogic', offer: /^CentOS$/i },
  { publisher: 'MicrosoftWindowsServer', offer: /^WindowsServer$/i, sku: /^(?:2008|2012)/i },
];

function goneImage(profile: JsonObject): string | undefined {
  const image = objectAt(profile, 'imageReference');
  const [publisher, offer, sku, version] = ['publisher', 'offer', 'sku', 'version'].map(
    (name) => textAt(image, name) ?? '',
  );
  const isGone = goneImages.some(
    (gone) =>
      sameText(gone.publisher, publisher) &&
      gone.offer.test(offer ?? '') &&
      (gone.sku?.test(sku ?? '') ?? true),
  );
  return isGone ? `${publisher ?? ''}:${offer ?? ''}:${sku ?? ''}:${version ?? ''}` : undefined;
}

/** What is retired of a machine's or a scale set's storage. */
function retiredStorage(profile: JsonObject): Retirement[] {
  const image = goneImage(profile);
  return [
    ...(hasUnmanagedDisk(profile)
      ? [
          {
            status: 400 as const,
            code: 'BadRequest',
            message: 'Unmanaged disks have been retired. Please migrate to Managed Disks.',
          },
        ]
      : []),
    ...(image === undefined
      ? []
      : [
          {
            status: 404 as const,
            code: 'PlatformImageNotFound',
            message: `The platform image '${image}' is not available. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile`,
          },
        ]),
  ];
}

/** Whole types that are gone, by lower-case type. */
const goneTypes = new Set([
  'microsoft.containerservice/containerservices',
  'microsoft.containerservice/openshiftmanagedclusters',
  'microsoft.media/mediaservices',
  'microsoft.classiccompute/virtualmachines',
  'microsoft.classicnetwork/virtualnetworks',
  'microsoft.classicstorage/storageaccounts',
]);

/**
 * What of a request Azure has retired: it made such resources once, and templates of then still name them. Sources: the
 * retirement notices of Basic addresses and load balancers (30 September 2025), unmanaged disks (31 March 2026), the Azure
 * Container Service (31 January 2020) and Media Services (30 June 2024); answers of Azure quoted in public issues.
 */
export function retirementsOf({ id, apiVersion, body, existing }: PutRequest): Retirement[] {
  if (existing !== undefined) return [];
  const type = id.type.toLowerCase();
  if (goneTypes.has(type))
    return [
      {
        status: 400,
        code: 'NoRegisteredProviderFound',
        message: `No registered resource provider found for location '${textAt(body, 'location') ?? 'null'}' and API version '${apiVersion}' for type '${id.type.split('/').slice(1).join('/')}'. The type has been retired.`,
      },
    ];
  switch (type) {
    case 'microsoft.network/publicipaddresses':
      return isBasic(body)
        ? [
            {
              status: 400,
              code: 'IPv4BasicSkuPublicIpCountLimitReached',
              message:
                'Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.',
            },
          ]
        : [];
    case 'microsoft.network/loadbalancers':
      return isBasic(body) && !sameText(textAt(body, 'sku', 'name'), 'Gateway')
        ? [
            {
              status: 400,
              code: 'BasicSkuLoadBalancerCreationNotAllowed',
              message: `Load balancers of the SKU Basic have been retired: ${id.text} must have the SKU Standard.`,
            },
          ]
        : [];
    case 'microsoft.compute/virtualmachines':
      return retiredStorage(objectAt(body, 'properties', 'storageProfile'));
    case 'microsoft.compute/virtualmachinescalesets':
      return retiredStorage(objectAt(body, 'properties', 'virtualMachineProfile', 'storageProfile'));
    default:
      return [];
  }
}
