import { z } from 'zod';

/** Which cloud the backend talks to, and what the portal must know of it. */
export const cloudDescriptionSchema = z.object({
  kind: z.enum(['local', 'azure']),
  /** Shown in the shell, for example `Local cloud`. */
  displayName: z.string(),
  /** The address of Azure Resource Manager's REST endpoint. */
  armEndpoint: z.string(),
  /** What follows `<label>.<region>.` in a public address's name, for example `cloudapp.azure.com`. */
  dnsSuffix: z.string(),
  /** What stands behind the VMs: `azure`, or the local cloud's machine driver. */
  machines: z.enum(['azure', 'simulated', 'docker']),
  /** What is being done before real machines can be made, in words; absent when nothing is. */
  preparation: z.string().optional(),
  /** How quickly the local cloud's simulated work runs; absent with Azure. */
  pace: z.enum(['realistic', 'fast', 'instant']).optional(),
  /** Why the cloud cannot be used at the moment, in one sentence with the remedy; absent when it can. */
  problem: z.string().optional(),
});
export type CloudDescription = z.infer<typeof cloudDescriptionSchema>;

/** Answer of `GET /api/session`. Without a sign-in only `signInRequired` and `signedIn` say anything. */
export const sessionSchema = z.object({
  signInRequired: z.boolean(),
  signedIn: z.boolean(),
  /** To be sent as the header `x-slipway-csrf` with every request that changes something. */
  csrfToken: z.string(),
  cloud: cloudDescriptionSchema.optional(),
});
export type Session = z.infer<typeof sessionSchema>;

export const signInRequestSchema = z.object({ secret: z.string().min(1).max(1024) });

/** The header in which the CSRF token travels. */
export const csrfHeader = 'x-slipway-csrf';
