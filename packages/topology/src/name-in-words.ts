/** Short forms that are not written like other words. */
const shortForms: ReadonlyMap<string, string> = new Map(
  [
    'ID',
    'IP',
    'VM',
    'OS',
    'DNS',
    'FQDN',
    'SKU',
    'SSH',
    'TCP',
    'UDP',
    'NAT',
    'URI',
    'URL',
    'LUN',
    'GB',
    'IOPS',
    'GUID',
    'MAC',
    'HTTP',
    'HTTPS',
    'TLS',
    'SSL',
    'JSON',
    'CPU',
    'NIC',
  ].map((form) => [form.toLowerCase(), form]),
);

/** The name of a property or an action in words: `privateIPAddress` becomes `Private IP address`. */
export function nameInWords(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[ _]+/)
    .map(
      (word) => shortForms.get(word.toLowerCase()) ?? (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()),
    );
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words as in the middle of a sentence: `public IP address`; short forms such as NAT stay as they are. */
export const lowered = (words: string): string =>
  /^[A-Z][A-Z]/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
