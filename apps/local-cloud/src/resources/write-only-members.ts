const writeOnly =
  /(?:password|passphrase|secret|protectedSettings|customData|userData|privateKey|accountKey|connectionString)$/i;

/** Whether a member of a body is one that Azure's providers take and never return. */
export function isWriteOnlyMember(name: string): boolean {
  return writeOnly.test(name);
}
