import type { Clock } from '../clock.ts';
import type { FrontServer } from '../front/front.ts';
import type { MachineDriver } from '../machines/machine-driver.ts';
import type { CloudView } from '../providers/provider.ts';
import { bootLogPath, type BootLogLinks } from './boot-log-links.ts';

/** As much of a console as Azure's managed boot diagnostics keep. Source: "Azure boot diagnostics": logs up to 1 MB. */
const longestLogBytes = 1024 * 1024;

/** Serves boot logs to whoever has a signed address of one, as Azure's storage serves blobs: without a token, GET only. */
export function registerBootLogRoutes(
  server: FrontServer,
  parts: { links: BootLogLinks; machines: Pick<MachineDriver, 'consoleLog'>; view: CloudView; clock: Clock },
): void {
  const { links, machines, view, clock } = parts;
  server.get<{ Params: { '*': string } }>(
    `${bootLogPath}/*`,
    { exposeHeadRoute: false },
    async (request, reply) => {
      const now = clock.now();
      const id = links.machineIdIn(`/${request.params['*']}`);
      const machine = id === undefined ? undefined : view.get(id);
      const query = new URLSearchParams(/\?.*$/s.exec(request.url)?.[0] ?? '');
      reply.header('cache-control', 'no-store');
      if (!machine || !links.opens(machine, query, now))
        return reply
          .code(403)
          .header('x-ms-error-code', 'AuthenticationFailed')
          .type('application/xml; charset=utf-8')
          .send(authenticationFailed(request.id, now));
      return reply
        .type('text/plain; charset=utf-8')
        .send(await machines.consoleLog(machine.id, longestLogBytes));
    },
  );
}

/** Azure storage's refusal; its errors are XML. */
function authenticationFailed(requestId: string, now: Date): string {
  const message = `Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.\nRequestId:${requestId}\nTime:${now.toISOString()}`;
  return `<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>${message}</Message></Error>`;
}
