import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { NetworkPlan } from '../network/network-plan.ts';
import { haproxyConfig } from './balancer-config.ts';
import { haproxyComplaint, hasHaproxy, hasNftables, nftComplaint } from './config-checks.test-support.ts';
import { nftRuleset } from './fabric-rules.ts';
import { hostsFile } from './hosts-file.ts';
import { testGroup, testInterface, testListener, testPlan } from './plan.test-support.ts';

/** `SLIPWAY_PROPERTY_RUNS=20` tries twenty times as many inputs. */
const factor = Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);
vi.setConfig({ testTimeout: 60_000 * factor });

/** Texts as other people write them, and pieces that mean something to nftables or HAProxy. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '\n',
        '\r',
        '"',
        "'",
        '\\',
        '#',
        ' ',
        '/',
        '$',
        '{',
        '}',
        ';',
        '%[',
        '\0',
        '\u2028',
        '\ud800',
        'accept',
        'bind :1',
        'a',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.string({ minLength: 60, maxLength: 300 }),
);

interface Texts {
  id: string;
  group: string;
  rule: string;
  machine: string;
  hostName: string;
  listener: string;
  path: string;
}

/** The same plan but for the texts in it that others choose. */
function planWith(texts: Texts): NetworkPlan {
  const address = '10.1.0.4';
  const listener = testListener(80, 8080, [address], {
    id: texts.listener,
    backends: [{ machineId: texts.machine, address, port: 8080 }],
    probe: { kind: 'http', path: texts.path, port: 8080, intervalSeconds: 5, threshold: 1 },
  });
  return testPlan({
    id: texts.id,
    interfaces: [
      {
        ...testInterface(address, [texts.group]),
        machineId: texts.machine,
        hostName: texts.hostName,
      },
    ],
    groups: [testGroup(texts.group, [{ access: 'Deny', port: '80', name: texts.rule }])],
    listeners: [listener],
  });
}

const texts = fc.record<Texts>({
  id: anyText,
  group: anyText,
  rule: anyText,
  machine: anyText,
  hostName: anyText,
  listener: anyText,
  path: anyText,
});
const plain = planWith({
  id: 'id',
  group: 'group',
  rule: 'rule',
  machine: 'machine',
  hostName: 'host',
  listener: 'listener',
  path: '/',
});

/** A configuration as its lines' shapes: the number of words in each, and the first. */
function shape(config: string): string[] {
  return config.split('\n').map((line) => {
    const words = line.trim().split(/\s+/);
    return `${words.length} ${words[0] ?? ''}`;
  });
}

test('whatever resources are called, the packet filter has the same statements', () => {
  fc.assert(
    fc.property(texts, (chosen) => {
      const ruleset = nftRuleset(planWith(chosen));
      expect(shape(ruleset)).toEqual(shape(nftRuleset(plain)));
      expect(ruleset).toMatch(/^[\x20-\x7e\n]*$/);
      expect(ruleset.match(/"/g)).toHaveLength(nftRuleset(plain).match(/"/g)?.length ?? 0);
    }),
    { numRuns: 200 * factor },
  );
});

test('whatever resources and paths are called, the load balancer has the same lines', () => {
  fc.assert(
    fc.property(texts, (chosen) => {
      const config = haproxyConfig(planWith(chosen));
      expect(shape(config)).toEqual(shape(haproxyConfig(plain)));
      expect(config).toMatch(/^[\x20-\x7e\n]*$/);
      expect(config).not.toMatch(/["'\\#$]/);
    }),
    { numRuns: 200 * factor },
  );
});

test('a name is one line of the hosts file or none', () => {
  fc.assert(
    fc.property(texts, (chosen) => {
      const file = hostsFile(planWith(chosen));
      expect(file === '' || file === `10.1.0.4 ${chosen.hostName}\n`).toBe(true);
      expect(file).toMatch(/^(?:10\.1\.0\.4 [A-Za-z0-9_.-]+\n)?$/);
    }),
    { numRuns: 200 * factor },
  );
});

test.skipIf(!hasNftables() || !hasHaproxy())('nftables and HAProxy take what they are given', () => {
  fc.assert(
    fc.property(texts, (chosen) => {
      const plan = planWith(chosen);
      expect(nftComplaint(nftRuleset(plan))).toBe('');
      expect(haproxyComplaint(haproxyConfig(plan))).toBe('');
    }),
    { numRuns: 15 * factor },
  );
});
