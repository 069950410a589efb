import { writeFile } from 'node:fs/promises';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type MachinePrices, machinePricesSchema, routes } from '@slipway/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningApi, makeFolder, startApi } from '../../test/portal.test-support.ts';
import type { Settings } from '../app.ts';

const subscriptionId = '11111111-2222-3333-4444-555555555555';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

async function apiWith(settings: Partial<Settings>): Promise<RunningApi> {
  const api = await startApi(settings);
  closings.push(api.close);
  return api;
}

const pricesOf = async (api: RunningApi, region = 'westeurope'): Promise<MachinePrices> => {
  const answer = await api.fetch(routes.machinePrices(subscriptionId, region));
  expect(answer.status).toBe(200);
  return machinePricesSchema.parse(await answer.json());
};

/** One price in the form of the documentation of the Retail Prices API. */
const item = (changes: Record<string, unknown> = {}) => ({
  currencyCode: 'USD',
  tierMinimumUnits: 0,
  retailPrice: 0.115,
  unitPrice: 0.115,
  armRegionName: 'westeurope',
  location: 'EU West',
  effectiveStartDate: '2021-11-01T00:00:00Z',
  meterId: '000a794b-bdb0-58be-a0cd-0c3a0f222923',
  meterName: 'D2s v5',
  productId: 'DZH318Z0BQPS',
  skuId: 'DZH318Z0BQPS/00TG',
  productName: 'Virtual Machines Dsv5 Series',
  skuName: 'D2s v5',
  serviceName: 'Virtual Machines',
  serviceId: 'DZH313Z7MMC8',
  serviceFamily: 'Compute',
  unitOfMeasure: '1 Hour',
  type: 'Consumption',
  isPrimaryMeterRegion: true,
  armSkuName: 'Standard_D2s_v5',
  ...changes,
});

/** A price list service: what it was asked, and what it answers. */
async function priceService(answer: (asked: URL, address: string) => unknown) {
  const asked: URL[] = [];
  const server: Server = createServer((request: IncomingMessage, response) => {
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}`;
    const url = new URL(request.url ?? '/', address);
    asked.push(url);
    const body = answer(url, address);
    response.writeHead(body === undefined ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { Error: { Message: 'Busy' } }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closings.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}/api/retail/prices` };
}

const page = (Items: unknown[], NextPageLink: string | null = null) => ({
  BillingCurrency: 'USD',
  CustomerEntityId: 'Default',
  CustomerEntityType: 'Retail',
  Items,
  NextPageLink,
  Count: Items.length,
});

describe('Azure’s retail prices', () => {
  it('are the hourly prices of Linux machines, from all pages, asked for once', async () => {
    const service = await priceService((asked, address) =>
      asked.searchParams.has('$skip')
        ? page([item({ armSkuName: 'Standard_D4s_v5', retailPrice: 0.23 })])
        : page(
            [
              item(),
              item({ productName: 'Virtual Machines Dsv5 Series Windows', retailPrice: 9 }),
              item({ skuName: 'D2s v5 Spot', meterName: 'D2s v5 Spot', retailPrice: 8 }),
              item({ skuName: 'D2s v5 Low Priority', retailPrice: 7 }),
              item({ type: 'DevTestConsumption', retailPrice: 6 }),
              item({ unitOfMeasure: '1/Month', retailPrice: 5 }),
              item({ armRegionName: 'eastus', retailPrice: 4 }),
              item({ effectiveStartDate: '2999-01-01T00:00:00Z', retailPrice: 3 }),
              item({ isPrimaryMeterRegion: false, retailPrice: 2 }),
              item({ retailPrice: 'much' }),
            ],
            `${address}${asked.pathname}${asked.search}&$skip=1000`,
          ),
    );
    const api = await apiWith({ cloud: 'azure', retailPricesUrl: service.url });
    const [prices] = await Promise.all([pricesOf(api), pricesOf(api)]);
    expect(prices).toEqual({
      known: true,
      source: expect.stringContaining('Azure Retail Prices (127.0.0.1:'),
      date: new Date().toISOString().slice(0, 10),
      currency: 'USD',
      perHour: { Standard_D2s_v5: 0.115, Standard_D4s_v5: 0.23 },
    });
    await pricesOf(api);
    expect(service.asked).toHaveLength(2);
    expect(service.asked[0]?.searchParams.get('$filter')).toBe(
      "serviceName eq 'Virtual Machines' and armRegionName eq 'westeurope' and priceType eq 'Consumption'",
    );
    expect(service.asked[0]?.searchParams.get('currencyCode')).toBe("'USD'");
  });

  it('are unknown, with the reason, while the service fails', async () => {
    const service = await priceService(() => undefined);
    const prices = await pricesOf(await apiWith({ cloud: 'azure', retailPricesUrl: service.url }));
    expect(prices).toEqual({ known: false, reason: expect.stringContaining('could not be read') });
  });

  it('are unknown where the region has none', async () => {
    const service = await priceService(() => page([]));
    const prices = await pricesOf(await apiWith({ cloud: 'azure', retailPricesUrl: service.url }));
    expect(prices).toEqual({ known: false, reason: expect.stringContaining('no prices') });
  });

  it('come from nowhere but the address that was set', async () => {
    const other = await priceService(() => page([item({ retailPrice: 1 })]));
    const service = await priceService(() => page([item()], `${other.url}?$skip=1000`));
    const prices = await pricesOf(await apiWith({ cloud: 'azure', retailPricesUrl: service.url }));
    expect(prices.known).toBe(false);
    expect(other.asked).toEqual([]);
  });

  it('are not asked for with a region that is no region’s name', async () => {
    const service = await priceService(() => page([item()]));
    const api = await apiWith({ cloud: 'azure', retailPricesUrl: service.url });
    const answer = await api.fetch(routes.machinePrices(subscriptionId, "x' or '1' eq '1"));
    expect(answer.status).toBe(400);
    expect(service.asked).toEqual([]);
  });
});

/** An API with a list of prices. */
const withFile = async (content: string, settings: Partial<Settings> = {}): Promise<RunningApi> => {
  const { folder, remove } = await makeFolder();
  closings.push(remove);
  const priceFile = path.join(folder, 'prices.json');
  await writeFile(priceFile, content);
  return apiWith({ priceFile, ...settings });
};

describe('an operator’s list of prices', () => {
  const list = {
    source: 'Our agreement with Contoso',
    date: '2026-11-01',
    currency: 'EUR',
    regions: { westeurope: { Standard_D2s_v5: 0.1 } },
  };

  it('says what it says, whatever the cloud, and nothing about other regions', async () => {
    const service = await priceService(() => page([item()]));
    const api = await withFile(JSON.stringify(list), { cloud: 'azure', retailPricesUrl: service.url });
    expect(await pricesOf(api)).toEqual({
      known: true,
      source: list.source,
      date: list.date,
      currency: 'EUR',
      perHour: { Standard_D2s_v5: 0.1 },
    });
    expect(await pricesOf(api, 'eastus')).toMatchObject({ known: false });
    expect(service.asked).toEqual([]);
  });

  it.each([
    ['no JSON', 'prices', 'is not JSON'],
    ['no date', JSON.stringify({ ...list, date: 'yesterday' }), 'at date'],
    ['a currency in words', JSON.stringify({ ...list, currency: 'euro' }), 'at currency'],
    [
      'a price that is none',
      JSON.stringify({ ...list, regions: { westeurope: { Standard_D2s_v5: -1 } } }),
      'at regions.westeurope.Standard_D2s_v5',
    ],
  ])('stops the start with %s, in one sentence that names the place', async (_what, content, message) => {
    await expect(withFile(content)).rejects.toThrow(message);
    await expect(withFile(content)).rejects.toThrow('SLIPWAY_PRICES');
  });

  it('stops the start when there is no such file', async () => {
    await expect(apiWith({ priceFile: '/nowhere/prices.json' })).rejects.toThrow('cannot be read');
  });
});

describe('without either', () => {
  it('prices are unknown: none is made up', async () => {
    expect(await pricesOf(await apiWith({}))).toEqual({
      known: false,
      reason: expect.stringContaining('no list of prices'),
    });
  });
});
