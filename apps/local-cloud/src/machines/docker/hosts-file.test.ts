import { expect, test } from 'vitest';
import { hostsFile } from './hosts-file.ts';
import { testInterface, testPlan } from './plan.test-support.ts';

test('each machine’s name is a line with its address; what is no host name is left out', () => {
  const names = ['swarm-agent-1-00000A', 'agents_1', 'a b', '10.0.0.1 evil\n10.0.0.9', '', '-a', 'a'];
  const interfaces = names.map((hostName, index) => ({ ...testInterface(`10.1.0.${index + 4}`), hostName }));
  expect(hostsFile(testPlan({ interfaces }))).toBe(
    '10.1.0.4 swarm-agent-1-00000A\n10.1.0.5 agents_1\n10.1.0.10 a\n',
  );
});
