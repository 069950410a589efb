/** Running services; see services.mjs. */
export interface Services {
  /** `http://localhost:8080`, no trailing slash. */
  portal: string;
  /** The local cloud's ARM endpoint; absent with Azure. */
  arm: string | undefined;
  stop: () => Promise<void>;
  /** Rejects when a service cannot be kept alive. */
  gaveUp: Promise<never>;
  /** Throws when the service is not running at this moment. */
  kill: (name: 'API' | 'local cloud', signal: NodeJS.Signals) => void;
}

export function startServices(options?: {
  extraNodeArgs?: readonly string[];
  onNote?: (note: string) => void;
  environment?: Readonly<Record<string, string>>;
}): Promise<Services>;
