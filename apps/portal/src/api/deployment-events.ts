import { type ClusterPath, type StreamEvent, routes, streamEventSchema } from '@slipway/contract';

/** What a stream tells besides its events. */
export interface StreamListener {
  opened: () => void;
  received: (event: StreamEvent) => void;
  /** The line is cut; the stream tries again by itself. */
  lost: () => void;
}

const eventTypes = streamEventSchema.options.map((option) => option.shape.type.value);
/** Between attempts when the server refused the stream, in milliseconds; the browser does not try again then. */
const retryDelayMs = 3_000;

/**
 * Follows the progress of a cluster's deployment until it ends or the returned function is called. After a cut the
 * browser sends the id of the last event it saw, and the server goes on there or sends a fresh snapshot.
 */
export function followDeployment(path: ClusterPath, listener: StreamListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const receive = ({ data }: MessageEvent<string>): void => {
    const parsed = streamEventSchema.safeParse(readJson(data));
    // An event of a later version of the server says nothing to this page.
    if (!parsed.success) return;
    listener.received(parsed.data);
    if (parsed.data.type === 'ended') source?.close();
  };
  const open = (): void => {
    const opened = new EventSource(routes.clusterDeploymentEvents(path));
    source = opened;
    opened.addEventListener('open', listener.opened);
    for (const type of eventTypes) opened.addEventListener(type, receive);
    opened.addEventListener('error', () => {
      listener.lost();
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, retryDelayMs);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
