/** Roles that every subscription has, with Azure's ids. Source: Microsoft's "Azure built-in roles". */
export const builtInRoles: readonly {
  id: string;
  name: string;
  description: string;
  actions: readonly string[];
  notActions?: readonly string[];
}[] = [
  {
    id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    name: 'Owner',
    description: 'Grants full access to manage all resources, including the ability to assign roles.',
    actions: ['*'],
  },
  {
    id: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    name: 'Contributor',
    description: 'Grants full access to manage all resources, without assigning roles.',
    actions: ['*'],
    notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'],
  },
  {
    id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    name: 'Reader',
    description: 'View all resources, without making any changes.',
    actions: ['*/read'],
  },
  {
    id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    name: 'User Access Administrator',
    description: 'Manage user access to Azure resources.',
    actions: ['*/read', 'Microsoft.Authorization/*'],
  },
  {
    id: '4d97b98b-1d4f-4787-a291-c67834d212e7',
    name: 'Network Contributor',
    description: 'Manage networks, but not access to them.',
    actions: ['Microsoft.Network/*', 'Microsoft.Authorization/*/read'],
  },
  {
    id: '9980e02c-c2be-4d73-94e8-173b1dc7cf3c',
    name: 'Virtual Machine Contributor',
    description: 'Manage virtual machines, but not access to them.',
    actions: ['Microsoft.Compute/virtualMachines/*', 'Microsoft.Compute/virtualMachineScaleSets/*'],
  },
  {
    id: '17d1049b-9a84-46fb-8f53-869881c3d3ab',
    name: 'Storage Account Contributor',
    description: 'Manage storage accounts, with access to their keys.',
    actions: ['Microsoft.Storage/storageAccounts/*'],
  },
  {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    name: 'Storage Blob Data Contributor',
    description: 'Read, write and delete containers and blobs of storage.',
    actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/*'],
  },
  {
    id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    name: 'Storage Blob Data Reader',
    description: 'Read containers and blobs of storage.',
    actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'],
  },
  {
    id: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
    name: 'AcrPull',
    description: 'Pull images of a container registry.',
    actions: ['Microsoft.ContainerRegistry/registries/pull/read'],
  },
  {
    id: 'f1a07417-d97a-45cb-824c-7a7467783830',
    name: 'Managed Identity Operator',
    description: 'Read and assign user-assigned identities.',
    actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/*/read'],
  },
  {
    id: '4633458b-17de-408a-b874-0445c86b69e6',
    name: 'Key Vault Secrets User',
    description: 'Read what secrets of key vaults contain.',
    actions: [],
  },
];
