/** One event of a stream of server-sent events, as it was sent. */
export interface SentEvent {
  /** Where to continue after this event; absent where the event does not say. */
  id: string | undefined;
  type: string;
  data: string;
}

/**
 * Reads the format of server-sent events (HTML standard, section 9.2): takes the text as it arrives, in pieces of any
 * size, and gives the events that are complete with it. Comments and unknown fields say nothing.
 */
export function createEventReader(): (text: string) => SentEvent[] {
  let rest = '';
  let id: string | undefined;
  let type = '';
  let data: string[] = [];

  const take = (line: string): SentEvent | undefined => {
    if (line === '') {
      const event = data.length > 0 ? { id, type: type || 'message', data: data.join('\n') } : undefined;
      id = undefined;
      type = '';
      data = [];
      return event;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
    if (field === 'id' && !value.includes('\0')) id = value;
    return undefined;
  };

  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    return lines.flatMap((line) => take(line) ?? []);
  };
}
