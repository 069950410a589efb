import {
  acceptedSchema,
  bootLogQuerySchema,
  bootLogSchema,
  machineActionRequestSchema,
  machineSchema,
} from '@slipway/contract';
import { z } from 'zod';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { submitMachineAction } from '../arm/machines.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import { BootLogs } from './boot-logs.ts';
import { ClusterMachines } from './cluster-machines.ts';

/** A cluster's machines: how they are, what can be done with them, what they write when they boot. */
export function addMachineRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  const machines = new ClusterMachines(arm);
  const bootLogs = new BootLogs(arm);

  app.get(
    `${clusterAddress}/machines`,
    {
      schema: {
        tags: ['Machines'],
        summary: "A cluster's machines and their power, masters first",
        params: clusterParams,
        response: withErrors({ 200: z.array(machineSchema) }),
      },
    },
    (request) => machines.list(request.params),
  );

  app.post(
    `${clusterAddress}/machines/action`,
    {
      schema: {
        tags: ['Machines'],
        summary: 'Start, restart, stop or deallocate a machine',
        params: clusterParams,
        body: machineActionRequestSchema,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      const { id, action } = request.body;
      await submitMachineAction(arm, await machines.idOf(request.params, id), action);
      return reply.code(202).send({ accepted: true });
    },
  );

  app.get(
    `${clusterAddress}/machines/boot-log`,
    {
      schema: {
        tags: ['Machines'],
        summary: 'What a machine has written to its serial console, the newest megabyte',
        params: clusterParams,
        querystring: bootLogQuerySchema,
        response: withErrors({ 200: bootLogSchema }),
      },
    },
    async (request) => bootLogs.read(await machines.idOf(request.params, request.query.id)),
  );
}
