import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsError, readSettings } from './settings.ts';

describe('readSettings', () => {
  it('needs nothing: the portal then runs on loopback against the local cloud', () => {
    expect(readSettings({})).toMatchObject({
      port: 8080,
      host: 'localhost',
      cloud: 'local',
      armPort: 8443,
      dataDir: path.resolve('.slipway'),
      localSecret: 'slipway-local',
      accessSecret: undefined,
      allowedHosts: [],
      watchIntervalMs: 1000,
      armTimeLimitMs: 30_000,
      requestsPerMinute: 3000,
      eventStreams: 1000,
      trustedProxies: [],
      priceFile: undefined,
      retailPricesUrl: 'https://prices.azure.com/api/retail/prices',
      currency: 'USD',
      logLevel: 'warn',
    });
  });

  it('reads every setting', () => {
    expect(
      readSettings({
        SLIPWAY_PORT: '9090',
        SLIPWAY_HOST: '0.0.0.0',
        SLIPWAY_CLOUD: 'azure',
        SLIPWAY_ARM_PORT: '9443',
        SLIPWAY_DATA_DIR: '/var/lib/slipway',
        SLIPWAY_LOCAL_SECRET: 'other',
        SLIPWAY_ACCESS_SECRET: 'twelve chars',
        SLIPWAY_ALLOWED_HOSTS: 'Portal.Example.org, other.example.org:8080',
        SLIPWAY_PORTAL_DIR: '/srv/portal',
        SLIPWAY_WATCH_INTERVAL_MS: '250',
        SLIPWAY_ARM_TIME_LIMIT_MS: '5000',
        SLIPWAY_REQUESTS_PER_MINUTE: '600',
        SLIPWAY_EVENT_STREAMS: '50',
        SLIPWAY_TRUSTED_PROXIES: '10.0.0.5, 2001:DB8::/32',
        SLIPWAY_PRICES: '/etc/slipway/prices.json',
        SLIPWAY_RETAIL_PRICES_URL: 'https://prices.example.org/list',
        SLIPWAY_CURRENCY: 'eur',
        SLIPWAY_LOG_LEVEL: 'debug',
      }),
    ).toEqual({
      port: 9090,
      host: '0.0.0.0',
      cloud: 'azure',
      armPort: 9443,
      dataDir: '/var/lib/slipway',
      localSecret: 'other',
      accessSecret: 'twelve chars',
      allowedHosts: ['portal.example.org', 'other.example.org:8080'],
      portalDir: '/srv/portal',
      watchIntervalMs: 250,
      armTimeLimitMs: 5000,
      requestsPerMinute: 600,
      eventStreams: 50,
      trustedProxies: ['10.0.0.5', '2001:db8::/32'],
      priceFile: '/etc/slipway/prices.json',
      retailPricesUrl: 'https://prices.example.org/list',
      currency: 'EUR',
      logLevel: 'debug',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readSettings({ SLIPWAY_PORT: '', SLIPWAY_CLOUD: '' })).toMatchObject({
      port: 8080,
      cloud: 'local',
    });
  });

  it.each([
    [{ SLIPWAY_PORT: 'eighty' }, 'SLIPWAY_PORT'],
    [{ SLIPWAY_PORT: '70000' }, 'SLIPWAY_PORT'],
    [{ SLIPWAY_ARM_PORT: '0' }, 'SLIPWAY_ARM_PORT'],
    [{ SLIPWAY_CLOUD: 'aws' }, 'SLIPWAY_CLOUD'],
    [{ SLIPWAY_ACCESS_SECRET: 'too short' }, 'SLIPWAY_ACCESS_SECRET'],
    [{ SLIPWAY_ALLOWED_HOSTS: 'http://portal' }, 'SLIPWAY_ALLOWED_HOSTS'],
    [{ SLIPWAY_WATCH_INTERVAL_MS: '1' }, 'SLIPWAY_WATCH_INTERVAL_MS'],
    [{ SLIPWAY_LOG_LEVEL: 'loud' }, 'SLIPWAY_LOG_LEVEL'],
    [{ SLIPWAY_ARM_TIME_LIMIT_MS: '5' }, 'SLIPWAY_ARM_TIME_LIMIT_MS'],
    [{ SLIPWAY_REQUESTS_PER_MINUTE: '5' }, 'SLIPWAY_REQUESTS_PER_MINUTE'],
    [{ SLIPWAY_EVENT_STREAMS: 'many' }, 'SLIPWAY_EVENT_STREAMS'],
    [{ SLIPWAY_TRUSTED_PROXIES: 'proxy.example.org' }, 'SLIPWAY_TRUSTED_PROXIES'],
    [{ SLIPWAY_TRUSTED_PROXIES: '10.0.0.0/33' }, 'SLIPWAY_TRUSTED_PROXIES'],
    [{ SLIPWAY_TRUSTED_PROXIES: '*' }, 'SLIPWAY_TRUSTED_PROXIES'],
    [{ SLIPWAY_RETAIL_PRICES_URL: 'prices.azure.com' }, 'SLIPWAY_RETAIL_PRICES_URL'],
    [{ SLIPWAY_CURRENCY: 'euro' }, 'SLIPWAY_CURRENCY'],
    [{ SLIPWAY_HOST: '0.0.0.0' }, 'SLIPWAY_HOST'],
    [{ SLIPWAY_HOST: '0.0.0.0', SLIPWAY_ACCESS_SECRET: 'twelve chars' }, 'SLIPWAY_ALLOWED_HOSTS'],
  ])('refuses %j with one sentence that names the variable', (environment, name) => {
    const read = () => readSettings(environment);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(name);
    expect(read).toThrow(/^[^\n]+\.$/);
  });
});
