import { connect, createServer } from 'node:net';

/** The ranges of 256 public addresses that the local cloud gives out first; see `public-addresses.ts`. */
const firstRanges = ['203.0.113', '198.51.100', '192.0.2'];

/** Where a taken port is served instead: far above it, so that the number can still be recognised. */
const mappedSteps = [20_000, 30_000, 40_000];

/**
 * The loopback address of this computer that stands for a public address. On Linux the whole of 127.0.0.0/8 is there, so
 * each has one of its own, in a range that depends on the cloud; elsewhere only 127.0.0.1 is.
 *
 * @param block 0 to 127, different for clouds on the same computer
 */
export function loopbackAddress(publicAddress: string, block: number, platform: NodeJS.Platform): string {
  const [, range = '', third = '', last = ''] = /^(\d+\.\d+\.(\d+))\.(\d+)$/.exec(publicAddress) ?? [];
  const first = firstRanges.indexOf(range);
  const high = first >= 0 ? first : firstRanges.length + Number(third);
  return platform === 'linux' && high <= 255 ? `127.${64 + block}.${high}.${last}` : '127.0.0.1';
}

/**
 * Whether a port can be published on a loopback address: nobody answers there, and where this process may try, it can
 * listen there. The engine may use ports that this process may not.
 */
export async function isPortFree(address: string, port: number): Promise<boolean> {
  return !(await answers(address, port)) && (await mayListen(address, port));
}

function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 1_000 });
    const end = (isAnswered: boolean): void => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(true));
    socket.once('error', () => end(false));
  });
}

function mayListen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EACCES'));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The local port for a port of a public address: the same where it is free, else the first free one of a fixed few. */
export async function localPortFor(
  address: string,
  port: number,
  refused: ReadonlySet<number>,
): Promise<number | undefined> {
  const candidates = [port, ...mappedSteps.map((step) => step + port)].filter(
    (candidate) => candidate <= 65_535 && !refused.has(candidate),
  );
  for (const candidate of candidates) if (await isPortFree(address, candidate)) return candidate;
  return undefined;
}
