import type Docker from 'dockerode';
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
export function followProgress(docker: Docker, stream: NodeJS.ReadableStream, say: Say): Promise<void> {
  let output = '';
  let failure: string | undefined;
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error: Error | null) => {
        if (!error && failure === undefined) resolve();
        else reject(new Error(`${failure ?? error?.message ?? 'It failed.'}\n${output.trim()}`));
      },
      (event: unknown) => {
        const { data } = eventSchema.safeParse(event);
        if (data?.error !== undefined) failure = data.error;
        const line = (data?.stream ?? data?.status ?? '').trim();
        if (line === '') return;
        output = `${output}\n${line}`.slice(-keptOutput);
        say(data?.id === undefined ? line : `${data.id}: ${line}`);
      },
    );
  });
}
