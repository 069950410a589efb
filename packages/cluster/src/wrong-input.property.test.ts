import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { checkAdminUsername } from './admin-user-name.ts';
import { agentPortsSchema, checkAgentPortName } from './agent-ports.ts';
import { composeCloudInit } from './cloud-init.ts';
import { readSwarmFiles, specOf, testKey } from './cluster.test-support.ts';
import { connectCommands } from './connect-commands.ts';
import { armResourceSchema, connectFacts } from './connect-facts.ts';
import { asExpansion, runtime } from './expansion.test-support.ts';
import {
  checkAgentCount,
  checkDnsPrefix,
  checkMachineSize,
  checkMasterCount,
  checkRegion,
  checkResourceGroupName,
  checkServiceName,
  checkSshPublicKey,
  checkSubscriptionId,
} from './spec-rules.ts';
import { type ClusterSpec, clusterSpecSchema } from './spec.ts';
import { looksLikePrivateKey, readSshPublicKey } from './ssh-public-key.ts';
import { deploymentParameters, updatedDeploymentParameters } from './swarm.ts';

/** `SLIPWAY_PROPERTY_RUNS=20` tries twenty times as many inputs. */
const factor = Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);
const runs = (count: number): number => count * factor;
vi.setConfig({ testTimeout: 60_000 * factor });

/** Runs `work` and fails when it took the processor longer than any single answer may. */
function soon<T>(work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
  return result;
}

const files = readSwarmFiles();
const textRules = {
  checkServiceName,
  checkSubscriptionId,
  checkResourceGroupName,
  checkRegion,
  checkDnsPrefix,
  checkSshPublicKey,
  checkMachineSize,
  checkAdminUsername,
  checkAgentPortName,
};

const megabyte = 1_048_576;
const keyOf = (name: string): string =>
  readFileSync(new URL(`../fixtures/ssh-keys/${name}`, import.meta.url), 'utf8');
const keyFiles = readdirSync(new URL('../fixtures/ssh-keys/', import.meta.url)).filter(
  (name) => name !== 'README.md',
);
/** Private keys in every usual form, made for this run. */
const privateKeys = [
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'sec1', format: 'pem' })
    .toString(),
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString(),
  generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString(),
];

/** Texts of a megabyte on which careless patterns need minutes: nearly right, and wrong at the very end. */
const longTexts: [string, string][] = [
  'a',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '-',
  '.',
  '(',
  '1',
  'A',
  '_',
  ':',
  'ab:',
  '\0',
  '\ufeff',
  '\ud800',
  'é',
  '-----BEGIN ',
  '-----',
  'BEGIN A',
  '----BEGIN SSH2 ',
  'ssh-rsa ',
  'ssh-rsa AAAA ',
  'ssh-rsa\n',
  'ecdsa-sha2-',
  'ssh-x-cert-',
  'sk-ssh-',
  'AAAA',
  'PuTTY-User-Key-File-',
  'Private-Lines:',
  'SHA256:',
  '00:',
  "content: '@file:",
].flatMap((piece): [string, string][] => {
  const text = piece.repeat(Math.ceil(megabyte / piece.length));
  return [
    [`a megabyte of ${JSON.stringify(piece)}`, text],
    [`a megabyte of ${JSON.stringify(piece)} and something else`, `${text}!`],
    [`a right beginning and a megabyte of ${JSON.stringify(piece)}`, `ssh-rsa AAAAB3${text}\u0007`],
  ];
});

describe('texts of a megabyte', () => {
  it.each(longTexts)('%s is judged at once by every rule', (_what, text) => {
    for (const check of Object.values(textRules)) {
      const message = soon(() => check(text));
      expect(message).toBeDefined();
      expect(message!.length).toBeLessThan(400);
    }
    soon(() => looksLikePrivateKey(text));
    soon(() => composeCloudInit(text, {}));
    soon(() => agentPortsSchema.safeParse([{ name: text, port: 1 }]));
  });

  it('are refused by the whole spec at once, each by the name of its field', () => {
    const spec = specOf();
    for (const text of ['a '.repeat(megabyte / 2), '\ud800'.repeat(megabyte)]) {
      const reading = soon(() =>
        clusterSpecSchema.safeParse({
          basics: {
            serviceName: text,
            subscriptionId: text,
            resourceGroup: { kind: text, name: text },
            region: text,
          },
          master: {
            ...spec.master,
            orchestrator: text,
            dnsPrefix: text,
            adminUsername: text,
            sshPublicKey: text,
          },
          agent: { count: text, machineSize: text },
        }),
      );
      expect(reading.error!.issues).toHaveLength(11);
      expect(JSON.stringify(reading.error!.issues).length).toBeLessThan(10_000);
    }
  });
});

/** The paths of all fields of a spec, at every level. */
const fieldPaths: (readonly string[])[] = (() => {
  const walk = (value: object, path: readonly string[]): (readonly string[])[] =>
    Object.entries(value).flatMap(([key, child]: [string, unknown]) => [
      [...path, key],
      ...(typeof child === 'object' && child !== null ? walk(child, [...path, key]) : []),
    ]);
  return walk(specOf(), []);
})();

const nested = (levels: number): unknown => {
  let value: unknown = {};
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e308,
    -0,
    2.5,
    2 ** 53,
    '\ud800',
    '',
    'x'.repeat(megabyte),
    [[]],
    JSON.parse('{"__proto__": {"polluted": true}}'),
    { constructor: { prototype: { polluted: true } } },
    { toString: 1, valueOf: 2 },
    nested(5_000),
  ),
  fc.constantFrom(...privateKeys),
);

/** A spec with some of its fields replaced by anything, left out, or joined by fields that do not belong there. */
const wrongSpec = fc
  .array(
    fc.record({
      path: fc.constantFrom(...fieldPaths),
      kind: fc.constantFrom('replace', 'remove', 'add'),
      key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'extra'), fc.string()),
      value: anything,
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((changes) => {
    const spec: object = structuredClone(specOf());
    for (const { path, kind, key, value } of changes) {
      const holder = path
        .slice(0, -1)
        .reduce<unknown>((current, step) => Reflect.get(Object(current) as object, step), spec);
      const last = path.at(-1)!;
      if (typeof holder !== 'object' || holder === null) continue;
      if (kind === 'remove') Reflect.deleteProperty(holder, last);
      else {
        const name = kind === 'add' ? key : last;
        Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
      }
    }
    return spec;
  });

const judge = (value: unknown): void => {
  const reading = soon(() => clusterSpecSchema.safeParse(value));
  expect('polluted' in {}).toBe(false);
  if (reading.success) {
    // Whatever is taken can be built.
    expect(() => deploymentParameters(reading.data, files)).not.toThrow();
    return;
  }
  for (const issue of reading.error.issues) {
    expect(issue.message).not.toBe('');
    expect(issue.message.length).toBeLessThan(2_000);
    for (const key of privateKeys) {
      for (const line of key.split('\n').filter((text) => text.length > 40 && !text.startsWith('---')))
        expect(issue.message).not.toContain(line);
    }
  }
};

describe('any value in place of a spec', () => {
  it('is judged without an error, and what is wrong is named by its field', () => {
    fc.assert(fc.property(fc.oneof(anything, wrongSpec, wrongSpec), judge), { numRuns: runs(300) });
  });

  it('is named by the field that is wrong when just one is', () => {
    const scalars = fieldPaths.filter(
      (path) =>
        typeof path.reduce<unknown>((at, step) => Reflect.get(at as object, step), specOf()) !== 'object',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...scalars),
        fc.oneof(
          fc.constantFrom<unknown>(null, true, [], {}, Number.NaN, '', '\ud800', '\u0000'),
          fc.constantFrom(...privateKeys),
        ),
        (path, value) => {
          const spec: object = structuredClone(specOf());
          const holder = path
            .slice(0, -1)
            .reduce<unknown>((at, step) => Reflect.get(at as object, step), spec);
          Reflect.set(holder as object, path.at(-1)!, value);
          const { error } = clusterSpecSchema.safeParse(spec);
          expect(error!.issues.map((issue) => issue.path.join('.'))).toStrictEqual([path.join('.')]);
        },
      ),
      { numRuns: runs(200) },
    );
  });

  it('is judged by the rules for numbers as well', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1, 3, 5, 1e308)), (value) => {
        const agents = checkAgentCount(value);
        expect(agents === undefined).toBe(Number.isInteger(value) && value >= 1 && value <= 100);
        expect(checkMasterCount(value) === undefined).toBe([1, 3, 5].includes(value));
      }),
      { numRuns: runs(200) },
    );
  });

  it('in place of what ARM stored, or of deployed resources, is refused in its own way', () => {
    fc.assert(
      fc.property(
        anything,
        fc.array(
          fc.oneof(
            anything,
            fc.record({
              id: fc.string(),
              name: fc.string(),
              type: fc.constantFrom('Microsoft.Network/loadBalancers', 'Microsoft.Compute/virtualMachines'),
              properties: anything,
            }),
          ),
        ),
        (stored, resources) => {
          let parameters: unknown;
          try {
            parameters = updatedDeploymentParameters(stored, { agentCount: 3 });
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
          if (parameters !== undefined) expect(parameters).toHaveProperty('agentCount.value', 3);
          const reading = connectFacts(
            resources.flatMap((resource) => {
              const parsed = armResourceSchema.safeParse(resource);
              return parsed.success ? [parsed.data] : [];
            }),
          );
          if (reading.complete) connectCommands(reading.facts);
          else expect(reading.missing).not.toHaveLength(0);
        },
      ),
      { numRuns: runs(200) },
    );
  });
});

/** A key or key file with pieces cut out, doubled, or put in from elsewhere. */
const mangled = fc
  .tuple(
    fc.constantFrom(...keyFiles.map(keyOf), ...privateKeys, testKey),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 60 }),
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 8 }),
          fc.constantFrom('\n', '\r\n', ' ', 'ssh-rsa ', 'AAAA', '\0', '-----'),
        ),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((current, [at, length, piece]) => {
      const start = at % (current.length + 1);
      return current.slice(0, start) + piece + current.slice(start + length);
    }, text),
  );

describe('any text in place of an SSH public key', () => {
  it('is accepted as a key on one line, or refused with a reason that does not repeat it', () => {
    fc.assert(
      fc.property(fc.oneof(mangled, mangled, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
        const reading = soon(() => readSshPublicKey(text));
        if (reading.accepted) {
          expect(reading.key.line).not.toMatch(/[\r\n\0]/);
          // What is sent on is read as the same key.
          expect(readSshPublicKey(reading.key.line)).toStrictEqual(reading);
          expect(looksLikePrivateKey(text)).toBe(false);
        } else {
          expect(reading.message.length).toBeLessThan(300);
          for (const word of text.split(/\s+/).filter((part) => part.length > 30))
            expect(reading.message).not.toContain(word);
        }
      }),
      { numRuns: runs(800) },
    );
  });

  it('is never accepted when it holds a private key', () => {
    fc.assert(
      fc.property(fc.constantFrom(...privateKeys), fc.string(), fc.string(), (key, before, after) => {
        for (const text of [
          `${before}${key}${after}`,
          `${testKey}\n${key}`,
          key.replaceAll('\n', '\r\n'),
          key.replaceAll('\n', ' '),
        ]) {
          expect(looksLikePrivateKey(text)).toBe(true);
          expect(readSshPublicKey(text).accepted).toBe(false);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});

const letters = 'abcdefghijklmnopqrstuvwxyz';
const characters = (set: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...set.split('')), minLength, maxLength });
const digits = '0123456789';
const capitals = letters.toUpperCase();

/** Valid specs of every kind, also at the very edges of what the rules take. */
const validSpec: fc.Arbitrary<ClusterSpec> = fc.record({
  basics: fc.record({
    serviceName: characters(`${letters}${capitals}${digits}-_.()`, 1, 90).filter(
      (name) => checkServiceName(name) === undefined,
    ),
    subscriptionId: fc.uuid(),
    resourceGroup: fc.record({
      kind: fc.constantFrom('new', 'existing'),
      name: characters(`${letters}${capitals}${digits}-_.()éßЖ名٣`, 1, 90).filter(
        (name) => checkResourceGroupName(name) === undefined,
      ),
    }),
    region: characters(letters + digits, 1, 60),
  }),
  master: fc.record({
    orchestrator: fc.constant('swarm'),
    dnsPrefix: characters(`${letters}${digits}-`, 3, 45).filter(
      (prefix) => checkDnsPrefix(prefix) === undefined,
    ),
    adminUsername: characters(`${letters}${capitals}${digits}_-`, 1, 32).filter(
      (user) => checkAdminUsername(user) === undefined,
    ),
    sshPublicKey: fc
      .constantFrom(testKey, keyOf('rsa-2048.pub').trim())
      .chain((key) =>
        characters(`${letters}[]'"{}$%@ é`, 0, 20).map(
          (comment) => `${key.split(' ').slice(0, 2).join(' ')} ${comment}`,
        ),
      ),
    count: fc.constantFrom(1, 3, 5),
  }),
  agent: fc.record({
    count: fc.integer({ min: 1, max: 100 }),
    machineSize: characters(`${letters}${digits}`, 1, 20).map((size) => `Standard_D${size}`),
  }),
});

describe('any valid spec', () => {
  it('is taken, and gives a deployment that expands, in which every resource has a name of its own', () => {
    fc.assert(
      fc.property(validSpec, (spec) => {
        const reading = clusterSpecSchema.safeParse(spec);
        expect(reading.error?.issues).toBeUndefined();
        const { resources, evaluateOutputs } = asExpansion(
          deploymentParameters(spec, files),
          `/subscriptions/${spec.basics.subscriptionId}/resourceGroups/${spec.basics.resourceGroup.name}`,
        );
        const bodies = resources.map((resource) => resource.evaluate(runtime));
        expect(evaluateOutputs(runtime)).toBeDefined();
        const ids = resources.map(({ id }) => id.toLowerCase());
        expect(new Set(ids).size).toBe(ids.length);
        expect(resources.filter(({ type }) => type === 'Microsoft.Compute/virtualMachines')).toHaveLength(
          spec.master.count,
        );
        // Values of the spec are never read as expressions of the template.
        expect(JSON.stringify(bodies)).toContain(JSON.stringify(readLine(spec)).slice(1, -1));
        const storage = resources.find(({ type }) => type === 'Microsoft.Storage/storageAccounts');
        if (storage !== undefined) expect(storage.name).toMatch(/^[a-z0-9]{3,24}$/);
        for (const { name } of resources) expect(name.split('/').at(-1)!.length).toBeLessThanOrEqual(80);
      }),
      { numRuns: runs(30) },
    );
  });
});

function readLine(spec: ClusterSpec): string {
  const reading = readSshPublicKey(spec.master.sshPublicKey);
  if (!reading.accepted) throw new Error(reading.message);
  return reading.key.line;
}
