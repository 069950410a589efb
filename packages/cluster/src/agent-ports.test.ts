import { describe, expect, it } from 'vitest';
import {
  agentPortsSchema,
  checkAgentPortName,
  checkAgentPortNumber,
  checkAgentPorts,
} from './agent-ports.ts';
import { defaultAgentPorts } from './swarm.ts';

describe('the ports of the agents', () => {
  it('that every new cluster offers are in order', () => {
    expect(checkAgentPorts(defaultAgentPorts)).toEqual([]);
    expect(agentPortsSchema.safeParse(defaultAgentPorts).success).toBe(true);
  });

  it.each(['', 'with space', 'dash-ed', 'Ünicode', '<b>', 'a'.repeat(61)])('cannot be named %j', (name) =>
    expect(checkAgentPortName(name)).toMatch(/\.$/),
  );

  it.each([0, -1, 65_536, 1.5, Number.NaN])('cannot be %d', (port) =>
    expect(checkAgentPortNumber(port)).toBe('Enter the port as a whole number from 1 to 65535.'),
  );

  it.each([22, 2222, 2375, 2377, 2378, 7946, 65_535])('cannot be %d, and it is said why', (port) =>
    expect(checkAgentPortNumber(port)).toMatch(`The port ${port} cannot be offered: `),
  );

  it('have each name and each number once, whatever the case', () => {
    expect(
      checkAgentPorts([
        { name: 'Web', port: 80 },
        { name: 'WEB', port: 81 },
        { name: 'Other', port: 80 },
      ]),
    ).toEqual([
      { index: 1, field: 'name', message: 'The name WEB is used twice.' },
      { index: 2, field: 'port', message: 'The port 80 is there twice.' },
    ]);
  });

  it('are between one and a hundred', () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ name: `P${index}`, port: 3000 + index }));
    expect(checkAgentPorts(many.slice(1))).toEqual([]);
    expect(checkAgentPorts(many)).toEqual([{ message: 'At most 100 ports fit.' }]);
    expect(checkAgentPorts([])).toEqual([{ message: 'Keep at least one port.' }]);
    expect(agentPortsSchema.safeParse(many).success).toBe(false);
  });
});
