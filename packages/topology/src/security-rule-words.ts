import { listAt, textAt } from './arm-resource.ts';
import { protocolText } from './traffic.ts';

/**
 * What a security rule does, in one line, from the properties of the rule: `Admits TCP 80, 443 from anywhere`,
 * `Blocks everything from the virtual network`, `Lets out TCP 25 to the internet`.
 */
export function securityRuleText(properties: unknown): string {
  const isAllowed = textAt(properties, 'access')?.toLowerCase() !== 'deny';
  const isOutbound = textAt(properties, 'direction')?.toLowerCase() === 'outbound';
  const what = whatText(textAt(properties, 'protocol') ?? '*', portsAt(properties, 'destinationPortRange'));
  const from = placesText(properties, 'source');
  const to = placesText(properties, 'destination');
  if (isOutbound) {
    const source = from === anywhere ? '' : ` from ${from}`;
    return `${isAllowed ? 'Lets out' : 'Blocks'} ${what}${source} to ${to}`;
  }
  // Most rules say the network itself or anything as the destination: what the group guards, that is.
  const destination = to === anywhere || to === virtualNetwork ? '' : ` to ${to}`;
  return `${isAllowed ? 'Admits' : 'Blocks'} ${what} from ${from}${destination}`;
}

const anywhere = 'anywhere';
const virtualNetwork = 'the virtual network';

function whatText(protocol: string, ports: readonly string[]): string {
  const isAnyProtocol = protocol === '*' || protocol.toLowerCase() === 'any';
  const isAnyPort = ports.length === 0 || ports.includes('*');
  const name = isAnyProtocol ? '' : protocolText(protocol);
  if (isAnyPort) return name === '' ? 'everything' : name;
  return name === '' ? `ports ${ports.join(', ')}` : `${name} ${ports.join(', ')}`;
}

function portsAt(properties: unknown, name: string): string[] {
  const single = textAt(properties, name);
  const several = listAt(properties, `${name}s`).flatMap((port) =>
    typeof port === 'string' || typeof port === 'number' ? [String(port)] : [],
  );
  return [...new Set([...(single === undefined ? [] : [single]), ...several])].map((port) =>
    port.replace('-', '–'),
  );
}

function placesText(properties: unknown, end: 'source' | 'destination'): string {
  const prefixes = [
    textAt(properties, `${end}AddressPrefix`),
    ...listAt(properties, `${end}AddressPrefixes`),
  ].flatMap((prefix) => (typeof prefix === 'string' ? [placeText(prefix)] : []));
  const groups = listAt(properties, `${end}ApplicationSecurityGroups`).flatMap((group) => {
    const name = textAt(group, 'id')?.split('/').at(-1);
    return name === undefined ? [] : [`group ${name}`];
  });
  const places = [...new Set([...prefixes, ...groups])];
  if (places.length === 0 || places.includes(anywhere)) return anywhere;
  return listed(places, 3);
}

/** The service tags that most rules use, in plain words. */
function placeText(prefix: string): string {
  switch (prefix.toLowerCase()) {
    case '*':
    case 'any':
    case '0.0.0.0/0':
    case '::/0':
      return anywhere;
    case 'internet':
      return 'the internet';
    case 'virtualnetwork':
      return virtualNetwork;
    case 'azureloadbalancer':
      return "Azure's load balancer";
    case 'azurecloud':
      return "Azure's addresses";
    default:
      return prefix;
  }
}

/** Some of the names, and how many more there are. */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
