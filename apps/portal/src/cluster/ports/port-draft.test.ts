import { defaultAgentPorts } from '@slipway/cluster';
import { describe, expect, test } from 'vitest';
import { changesInWords, readDraft, rowsOf, withNewRow, withRowAsBefore, withoutRow } from './port-draft.ts';

const rows = rowsOf(defaultAgentPorts);

describe('pending changes of the ports', () => {
  test('are none at first', () => {
    const draft = readDraft(rows);
    expect(draft).toMatchObject({ ports: defaultAgentPorts, problem: undefined });
    expect(draft.changes.size + draft.problems.size).toBe(0);
  });

  test('add, change and remove, each told as such, until they are undone', () => {
    let changed = withNewRow(rows, { name: ' Grafana ', port: '3000' });
    changed = withoutRow(changed, 0).map((row) => (row.key === 1 ? { ...row, port: '8443' } : row));
    const draft = readDraft(changed);
    expect(draft.ports).toEqual([
      { name: 'HTTPS', port: 8443 },
      { name: 'Port8080', port: 8080 },
      { name: 'Grafana', port: 3000 },
    ]);
    expect(changesInWords(draft.changes)).toBe('3 changes: 1 added, 1 changed, 1 removed');
    const undone = withoutRow(withRowAsBefore(withRowAsBefore(changed, 0), 1), 3);
    expect(undone).toEqual(rows);
  });

  test('leave what was removed out of what is wrong', () => {
    const twice = withNewRow(rows, { name: 'http', port: '80' });
    expect(readDraft(twice).problems.get(3)).toEqual({
      name: 'The name http is used twice.',
      port: 'The port 80 is there twice.',
    });
    const draft = readDraft(withoutRow(twice, 0));
    expect(draft.problems.size).toBe(0);
    expect(draft.ports).toContainEqual({ name: 'http', port: 80 });
  });

  test('say what is wrong at each field, and with all of them', () => {
    const wrong = readDraft(withNewRow(rows, { name: '', port: '22a' }));
    expect(wrong.problems.get(3)).toEqual({
      name: 'Enter a name for the port.',
      port: 'Enter the port as a whole number from 1 to 65535.',
    });
    const none = rows.reduce((left, { key }) => withoutRow(left, key), rows);
    expect(readDraft(none).problem).toBe('Keep at least one port.');
  });
});
