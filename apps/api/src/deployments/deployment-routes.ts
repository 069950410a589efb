import { Readable } from 'node:stream';
import { acceptedSchema, deploymentSnapshotSchema } from '@slipway/contract';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { cancelDeployment } from '../arm/deployments.ts';
import { clusterNotFound, readCluster } from '../clusters/cluster-of-stack.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import type { StreamSlots } from '../security/stream-slots.ts';
import { openEventStream } from './event-stream.ts';
import { readProgress } from './progress.ts';
import { WatchHub } from './watch-hub.ts';

const eventStreamAnswer = {
  description: 'Events named after their type, data as JSON: the StreamEvent of the contract.',
  content: { 'text/event-stream': { schema: z.instanceof(Readable).meta({ type: 'string' }) } },
};

/** A read of ARM that takes longer is told to those who watch; in milliseconds. */
const slowAfterMs = 5_000;

/** The deployment of a cluster: its state now, its events as they happen, its end before time. */
export function addDeploymentRoutes(
  app: ApiInstance,
  { arm, watchIntervalMs, slots }: { arm: Arm; watchIntervalMs: number; slots: StreamSlots },
): void {
  const hub = new WatchHub({
    read: (path, before) => readProgress(arm, path, before),
    intervalMs: watchIntervalMs,
    slowAfterMs,
    failed: (thrown) => app.log.warn({ err: thrown }, 'The progress of a deployment could not be read.'),
  });
  app.addHook('preClose', (done) => {
    hub.close();
    done();
  });

  app.get(
    `${clusterAddress}/deployment`,
    {
      schema: {
        tags: ['Deployments'],
        summary: "A cluster's deployment with every resource",
        params: clusterParams,
        response: withErrors({ 200: deploymentSnapshotSchema }),
      },
    },
    async (request) => {
      const progress = await readProgress(arm, request.params);
      if (!progress) throw clusterNotFound(request.params);
      return { deployment: progress.head, rows: [...progress.rows] };
    },
  );

  app.get(
    `${clusterAddress}/deployment/events`,
    {
      schema: {
        tags: ['Deployments'],
        summary: 'The deployment as server-sent events; Last-Event-ID continues where a reader left off',
        params: clusterParams,
        headers: z.object({ 'last-event-id': z.string().max(1024).optional() }),
        response: withErrors({ 200: eventStreamAnswer }),
      },
      // There is nothing to say of a stream without opening it.
      exposeHeadRoute: false,
    },
    async (request, reply) => {
      const cursor = request.headers['last-event-id'];
      const free = slots.take(request);
      const stream = await openEventStream((watcher) => hub.watch(request.params, cursor, watcher)).catch(
        (thrown: unknown) => {
          free();
          throw thrown;
        },
      );
      stream.once('close', free);
      // A reader that left meanwhile is told to nobody by the reply.
      if (request.raw.socket.destroyed) stream.destroy();
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream);
    },
  );

  app.post(
    `${clusterAddress}/deployment/cancel`,
    {
      schema: {
        tags: ['Deployments'],
        summary: 'Cancel a running deployment',
        params: clusterParams,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      const { cluster, stack } = await readCluster(arm, request.params);
      if (cluster.state !== 'deploying' || stack.deploymentId === undefined)
        throw new ApiError('DeploymentNotRunning', 'There is no running deployment to cancel.');
      try {
        await cancelDeployment(arm, stack.deploymentId);
      } catch (thrown) {
        const failure = armFailureOf(thrown);
        if (failure?.status !== 409) throw thrown;
        throw new ApiError(
          'DeploymentNotRunning',
          'The deployment came to its end before it could be canceled.',
          {
            arm: failure.body,
          },
        );
      }
      return reply.code(202).send({ accepted: true });
    },
  );
}
