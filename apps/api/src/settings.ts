import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';

/** What the backend is told by its environment; see `readSettings`. */
export interface Settings {
  port: number;
  host: string;
  cloud: 'local' | 'azure';
  /** Port of the local cloud's ARM endpoint on loopback. */
  armPort: number;
  dataDir: string;
  /** The local cloud's client secret. */
  localSecret: string;
  /** Set when the portal asks for a sign-in. */
  accessSecret: string | undefined;
  /** Host names, with or without port, under which the portal may be opened beside loopback. */
  allowedHosts: readonly string[];
  /** Folder of the built portal. */
  portalDir: string;
  /** How often a watched deployment is read from ARM at most, in milliseconds. */
  watchIntervalMs: number;
  /** How long one answer of ARM is waited for, in milliseconds; a person's request as a whole not twice as long. */
  armTimeLimitMs: number;
  /** How many reads one client may send in a minute; of what costs more, a part of it. */
  requestsPerMinute: number;
  /** How many event streams may be open at once; one client has a quarter of them at most. */
  eventStreams: number;
  /** Addresses of proxies whose word on where a request comes from (`X-Forwarded-For`) is believed. */
  trustedProxies: readonly string[];
  /** File with the operator's own list of prices; see `readPriceList`. */
  priceFile: string | undefined;
  /** Address of Azure's Retail Prices API, or of one that answers like it. */
  retailPricesUrl: string;
  /** Currency that the Retail Prices API is asked for. */
  currency: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** A setting that cannot be used; the message is one sentence that names the variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const loopbackHosts = ['localhost', '127.0.0.1', '::1'];
const defaultPortalDir = path.resolve(import.meta.dirname, '../../portal/dist');

const port = (variable: string, fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, {
      error: `${variable} must be a port number between 1 and 65535.`,
    })
    .transform(Number);

const count = (variable: string, fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,7}$/.test(text) && Number(text) >= 10, {
      error: `${variable} must be a number between 10 and 9999999.`,
    })
    .transform(Number);

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const isWebAddress = (text: string): boolean => /^https?:\/\/[^?#]+$/i.test(text) && URL.canParse(text);

const oneOf = <const Values extends readonly [string, ...string[]]>(
  variable: string,
  values: Values,
  fallback: Values[number],
) =>
  z
    .string()
    .default(fallback)
    .pipe(z.enum(values, { error: `${variable} must be one of ${values.join(', ')}.` }));

const environmentSchema = z
  .object({
    SLIPWAY_PORT: port('SLIPWAY_PORT', 8080),
    SLIPWAY_HOST: z.string().default('localhost'),
    SLIPWAY_CLOUD: oneOf('SLIPWAY_CLOUD', ['local', 'azure'], 'local'),
    SLIPWAY_ARM_PORT: port('SLIPWAY_ARM_PORT', 8443),
    SLIPWAY_DATA_DIR: z.string().default('.slipway'),
    SLIPWAY_LOCAL_SECRET: z.string().default('slipway-local'),
    SLIPWAY_ACCESS_SECRET: z
      .string()
      .min(12, { error: 'SLIPWAY_ACCESS_SECRET must have at least 12 characters.' })
      .optional(),
    SLIPWAY_ALLOWED_HOSTS: z
      .string()
      .default('')
      .transform(listed)
      .refine(
        (hosts) => hosts.every((host) => /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/.test(host)),
        {
          error:
            'SLIPWAY_ALLOWED_HOSTS must be a comma-separated list of host names, for example portal.example.org.',
        },
      ),
    SLIPWAY_PORTAL_DIR: z.string().default(defaultPortalDir),
    SLIPWAY_WATCH_INTERVAL_MS: z
      .string()
      .default('1000')
      .refine((text) => /^\d{2,5}$/.test(text), {
        error: 'SLIPWAY_WATCH_INTERVAL_MS must be a number of milliseconds between 10 and 99999.',
      })
      .transform(Number),
    SLIPWAY_ARM_TIME_LIMIT_MS: z
      .string()
      .default('30000')
      .refine((text) => /^\d{3,6}$/.test(text) && Number(text) >= 100, {
        error: 'SLIPWAY_ARM_TIME_LIMIT_MS must be a number of milliseconds between 100 and 999999.',
      })
      .transform(Number),
    SLIPWAY_REQUESTS_PER_MINUTE: count('SLIPWAY_REQUESTS_PER_MINUTE', 3_000),
    SLIPWAY_EVENT_STREAMS: count('SLIPWAY_EVENT_STREAMS', 1_000),
    SLIPWAY_TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform(listed)
      .refine((addresses) => addresses.every(isAddressOrNetwork), {
        error:
          'SLIPWAY_TRUSTED_PROXIES must be a comma-separated list of addresses or networks, for example 10.0.0.5 or 10.0.0.0/24.',
      }),
    SLIPWAY_PRICES: z.string().optional(),
    SLIPWAY_RETAIL_PRICES_URL: z
      .string()
      .default('https://prices.azure.com/api/retail/prices')
      .refine(isWebAddress, {
        error:
          'SLIPWAY_RETAIL_PRICES_URL must be the web address of a price list service, for example https://prices.azure.com/api/retail/prices.',
      }),
    SLIPWAY_CURRENCY: z
      .string()
      .default('USD')
      .transform((text) => text.trim().toUpperCase())
      .refine((text) => /^[A-Z]{3}$/.test(text), {
        error: 'SLIPWAY_CURRENCY must be the three letters of a currency, for example USD or EUR.',
      }),
    SLIPWAY_LOG_LEVEL: oneOf(
      'SLIPWAY_LOG_LEVEL',
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'warn',
    ),
  })
  .superRefine((environment, context) => {
    if (loopbackHosts.includes(environment.SLIPWAY_HOST)) return;
    if (environment.SLIPWAY_ACCESS_SECRET === undefined || environment.SLIPWAY_ALLOWED_HOSTS.length === 0)
      context.addIssue({
        code: 'custom',
        message:
          `SLIPWAY_HOST is ${environment.SLIPWAY_HOST}, which other computers can reach: set SLIPWAY_ACCESS_SECRET ` +
          '(at least 12 characters) and SLIPWAY_ALLOWED_HOSTS as well, or leave SLIPWAY_HOST at localhost.',
      });
  });

/**
 * Parses the settings from environment variables; an empty variable counts as not set.
 * Throws `SettingsError` with one sentence that names the first bad variable.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name.startsWith('SLIPWAY_') && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues[0]?.message ?? 'The settings are wrong.');
  const values = parsed.data;
  return {
    port: values.SLIPWAY_PORT,
    host: values.SLIPWAY_HOST,
    cloud: values.SLIPWAY_CLOUD,
    armPort: values.SLIPWAY_ARM_PORT,
    dataDir: path.resolve(values.SLIPWAY_DATA_DIR),
    localSecret: values.SLIPWAY_LOCAL_SECRET,
    accessSecret: values.SLIPWAY_ACCESS_SECRET,
    allowedHosts: values.SLIPWAY_ALLOWED_HOSTS,
    portalDir: path.resolve(values.SLIPWAY_PORTAL_DIR),
    watchIntervalMs: values.SLIPWAY_WATCH_INTERVAL_MS,
    armTimeLimitMs: values.SLIPWAY_ARM_TIME_LIMIT_MS,
    requestsPerMinute: values.SLIPWAY_REQUESTS_PER_MINUTE,
    eventStreams: values.SLIPWAY_EVENT_STREAMS,
    trustedProxies: values.SLIPWAY_TRUSTED_PROXIES,
    priceFile: values.SLIPWAY_PRICES === undefined ? undefined : path.resolve(values.SLIPWAY_PRICES),
    retailPricesUrl: values.SLIPWAY_RETAIL_PRICES_URL,
    currency: values.SLIPWAY_CURRENCY,
    logLevel: values.SLIPWAY_LOG_LEVEL,
  };
}
