import { isIP } from 'node:net';
import { isLoopback } from '../settings.ts';

/**
 * Whether a `Host` header names this server. Another name means that a web page made the browser come here under a
 * name of its own (DNS rebinding). A server for other computers is known by the name it was given or by any address.
 */
export function isOwnHost(header: string | undefined, configuredHost: string): boolean {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d{1,5})?$/i.exec(header ?? '');
  const name = (match?.[1] ?? match?.[2])?.toLowerCase();
  if (name === undefined) return false;
  if (isLoopback(name) || name === configuredHost.toLowerCase()) return true;
  return !isLoopback(configuredHost) && isIP(name) !== 0;
}
