import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { parseAddressRange, rangesOverlap } from '../../providers/network/address-range.ts';
import { takenPort } from './edges.ts';
import { fixedAddresses, freeSubnets } from './engine-subnets.ts';
import { isPortFree, localPortFor, loopbackAddress } from './local-ports.ts';

test.each([
  ['203.0.113.1', 3, 'linux', '127.67.0.1'],
  ['198.51.100.254', 0, 'linux', '127.64.1.254'],
  ['192.0.2.7', 127, 'linux', '127.191.2.7'],
  ['198.18.0.9', 3, 'linux', '127.67.3.9'],
  ['198.18.252.9', 3, 'linux', '127.67.255.9'],
  ['198.18.253.9', 3, 'linux', '127.0.0.1'],
  ['203.0.113.1', 3, 'darwin', '127.0.0.1'],
] as const)('%s of cloud %i is reached on %s at %s', (address, block, platform, expected) => {
  expect(loopbackAddress(address, block, platform)).toBe(expected);
});

test('a taken port is found, and another one is taken in its place', async () => {
  const address = '127.201.0.9';
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await isPortFree(address, port)).toBe(false);
  expect(await localPortFor(address, 22, new Set([22]))).toBe(20_022);
  expect(await localPortFor(address, 22, new Set([22, 20_022]))).toBe(30_022);
  server.close();
  await once(server, 'close');
  expect(await localPortFor(address, port, new Set())).toBe(port);
});

test.each([
  ['driver failed: Bind for 127.66.0.2:80 failed: port is already allocated', 80],
  ['listen tcp4 127.66.0.1:2200: bind: address already in use', 2200],
  ['Ports are not available: exposing port TCP 127.0.0.1:443 -> 0.0.0.0:0: bind', 443],
  ['no such image', undefined],
])('the engine says %s', (message, port) => {
  expect(takenPort(message)).toBe(port);
});

test('subnets of the engine meet neither what is taken nor each other', () => {
  const taken = ['198.19.0.0/20', '172.20.0.0/16'];
  const found = freeSubnets(taken);
  const first = Array.from({ length: 4 }, () => String(found.next().value));
  expect(first[0]).toBe('198.19.16.0/22');
  const ranges = [...taken, ...first].map((text) => parseAddressRange(text, text));
  for (const [index, one] of ranges.entries())
    for (const other of ranges.slice(index + 1)) expect(rangesOverlap(one, other)).toBe(false);
  expect(fixedAddresses('198.19.16.0/22')).toEqual({ gateway: '198.19.16.1', fabric: '198.19.16.2' });
});

test('when all ranges are taken there is no subnet', () => {
  expect([...freeSubnets(['198.19.0.0/16', '172.20.0.0/14'])]).toEqual([]);
});
