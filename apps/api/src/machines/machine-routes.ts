import {
  acceptedSchema,
  actOnMachineRequestSchema,
  bootLogQuerySchema,
  bootLogSchema,
  machineActionRequestSchema,
  machineSchema,
  resourceQuerySchema,
} from '@slipway/contract';
import { z } from 'zod';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { checkMachineId, submitMachineAction } from '../arm/machines.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import { BootLogs } from './boot-logs.ts';
import { ClusterMachines } from './cluster-machines.ts';
import { readAnyMachine } from './any-machine.ts';

const anyMachine = '/api/resource/machine';

/** Machines, a cluster's and any other: how they are, what can be done with them, what they write when they boot. */
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

  addAnyMachineRoutes(app, arm, bootLogs);
}

/** The same for a machine by its id alone, whether a cluster has it or not. */
function addAnyMachineRoutes(app: ApiInstance, arm: Arm, bootLogs: BootLogs): void {
  app.get(
    anyMachine,
    {
      schema: {
        tags: ['Machines'],
        summary: 'One machine and its power',
        querystring: resourceQuerySchema,
        response: withErrors({ 200: machineSchema }),
      },
    },
    (request) => readAnyMachine(arm, request.query.id),
  );

  app.post(
    `${anyMachine}/action`,
    {
      schema: {
        tags: ['Machines'],
        summary: 'Start, restart, stop or deallocate a machine by its id',
        body: actOnMachineRequestSchema,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      const { id, action } = request.body;
      await submitMachineAction(arm, id, action);
      return reply.code(202).send({ accepted: true });
    },
  );

  app.get(
    `${anyMachine}/boot-log`,
    {
      schema: {
        tags: ['Machines'],
        summary: 'What a machine has written to its serial console, by its id, the newest megabyte',
        querystring: resourceQuerySchema,
        response: withErrors({ 200: bootLogSchema }),
      },
    },
    (request) => {
      checkMachineId(request.query.id);
      return bootLogs.read(request.query.id);
    },
  );
}
