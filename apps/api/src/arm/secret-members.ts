/** Write-only members: ARM never returns them; a cloud that did, or a template that states them, gets them no further. */
const secretMembers = new Set(['customdata', 'adminpassword', 'protectedsettings', 'userdata', 'secrets']);

/** Whether a member is write-only. */
export const isSecretMember = (name: string): boolean => secretMembers.has(name.toLowerCase());

/** A JSON value of ARM's without its write-only members, at whatever depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isSecretMember(name))
      .map(([name, member]) => [name, withoutSecrets(member)]),
  );
}
