import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';

/** Hears of progress, a line at a time. */
export type Say = (line: string) => void;

const eventSchema = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  id: z.string().optional(),
  error: z.string().optional(),
});

/** What is kept of a build's output for the case that it fails. */
const keptOutput = 3_000;

/** Follows what the engine tells of a pull, an import or a build to its end; throws with its last lines when it fails. */
export async function followProgress(stream: NodeJS.ReadableStream, say: Say): Promise<void> {
  let output = '';
  let failure: string | undefined;
  const hear = (line: string): void => {
    const event = eventOf(line);
    if (event.error !== undefined) failure = event.error;
    const words = (event.stream ?? event.status ?? '').trim();
    if (words === '') return;
    output = `${output}\n${words}`.slice(-keptOutput);
    say(event.id === undefined ? words : `${event.id}: ${words}`);
  };
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    }
    hear(rest);
  } catch (error) {
    failure ??= error instanceof Error ? error.message : String(error);
  }
  if (failure !== undefined) throw new Error(`${failure}\n${output.trim()}`);
}

/** What is no event is words all the same: of a proxy before the engine, or of an engine that breaks off. */
function eventOf(line: string): z.infer<typeof eventSchema> {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    return { stream: line };
  }
}
