import { connect } from 'node:net';

/** Whether somebody listens there. */
export function listens(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 2_000 });
    const end = (isTaken: boolean) => (): void => {
      socket.destroy();
      resolve(isTaken);
    };
    socket.once('connect', end(true));
    socket.once('timeout', end(true));
    socket.once('error', end(false));
  });
}
