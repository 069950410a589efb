const writeOnly =
  /(?:password|passphrase|secret|protectedSettings|customData|userData|privateKey|accountKey|sharedKey|workspaceKey|secureValue|connectionString)$/i;

/** Whether a member of a resource is one that Azure's providers take and never return. */
export const isWriteOnly = (member: string): boolean => writeOnly.test(member);
