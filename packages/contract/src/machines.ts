import { machineRoleSchema } from '@slipway/topology';
import { z } from 'zod';
import { armErrorSchema } from './errors.ts';
import { resourceQuerySchema } from './resource.ts';

/** A machine's power as ARM's instance view tells it; `unknown` where it tells nothing (yet). */
export const machinePowerSchema = z.enum([
  'starting',
  'running',
  'stopping',
  'stopped',
  'deallocating',
  'deallocated',
  'unknown',
]);
export type MachinePower = z.infer<typeof machinePowerSchema>;

/** A VM or a scale-set instance; every value is read from ARM. */
export const machineSchema = z.object({
  /** ARM id. */
  id: z.string(),
  name: z.string(),
  /** Of a cluster's machine, as the topology tells it; absent where its structure does not. */
  role: machineRoleSchema.optional(),
  size: z.string().optional(),
  computerName: z.string().optional(),
  /** ARM's word. */
  provisioningState: z.string(),
  power: machinePowerSchema,
  /** Why the last thing that was done with it failed; with ARM's code and words. */
  error: armErrorSchema.optional(),
  /** Private IPv4 and IPv6 addresses. */
  addresses: z.array(z.string()),
  /** Counted from 0, as ARM does. */
  faultDomain: z.number().int().optional(),
  updateDomain: z.number().int().optional(),
  /** Whether ARM keeps what the machine writes when it boots. */
  bootDiagnostics: z.boolean(),
});
export type Machine = z.infer<typeof machineSchema>;

/** Azure's names of what can be done with a machine: `powerOff` keeps its place and its price, `deallocate` gives both up. */
export const machineActionSchema = z.enum(['start', 'restart', 'powerOff', 'deallocate']);
export type MachineAction = z.infer<typeof machineActionSchema>;

const machineIdSchema = z.string().min(1).max(1024);

/** Does something with one of a cluster's machines; the answer comes when ARM has begun. */
export const machineActionRequestSchema = z.object({ id: machineIdSchema, action: machineActionSchema });
export type MachineActionRequest = z.infer<typeof machineActionRequestSchema>;

/** Does something with any machine, whomever it belongs to; the answer comes when ARM has begun. */
export const actOnMachineRequestSchema = resourceQuerySchema.extend({ action: machineActionSchema });
export type ActOnMachineRequest = z.infer<typeof actOnMachineRequestSchema>;

export const bootLogQuerySchema = z.object({ id: machineIdSchema });

/** What a machine has written to its serial console. */
export const bootLogSchema = z.object({
  /** Plain lines: control characters and colours are left out. Empty while it has written nothing. */
  text: z.string(),
  /** Whether the beginning is left out, because there is more than a megabyte. */
  truncated: z.boolean(),
});
export type BootLog = z.infer<typeof bootLogSchema>;
