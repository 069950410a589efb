import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { MoodSet } from './moods/mood-set.ts';
import { readMoodsSetting } from './moods/moods-setting.ts';
import { machineSettings, type MachineSetting } from './machines/choose-machines.ts';
import { paceSchema } from './pace-setting.ts';

/** The secret of a local cloud that nobody gave one; good enough on loopback only. */
export const defaultLocalSecret = 'slipway-local';

const loopbackNames = new Set(['localhost', '127.0.0.1', '::1']);

/** Whether only this computer reaches the host. */
export function isLoopback(host: string): boolean {
  return loopbackNames.has(host.toLowerCase()) || (isIP(host) === 4 && host.startsWith('127.'));
}

const settingsSchema = z.object({
  SLIPWAY_ARM_HOST: z
    .string()
    .regex(/^[a-z0-9.:-]+$/i, 'must be a host name or an IP address')
    .default('localhost'),
  SLIPWAY_ARM_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
    .default(8443),
  SLIPWAY_DATA_DIR: z.string().min(1, 'must name a folder').default('.slipway'),
  SLIPWAY_PACE: paceSchema.default('realistic'),
  SLIPWAY_PACE_FACTOR: z
    .string()
    .regex(/^\d{1,6}(?:\.\d{1,6})?$/, 'must be a number above 0, without sign or exponent')
    .transform(Number)
    .refine((factor) => factor > 0, 'must be a number above 0, without sign or exponent')
    .default(1),
  SLIPWAY_STRICT: z.enum(['0', '1', ''], { error: 'must be 1, or 0' }).default('0'),
  SLIPWAY_MACHINES: z
    .enum(machineSettings, { error: `must be one of ${machineSettings.join(', ')}` })
    .default('simulated'),
  SLIPWAY_LOCAL_SECRET: z
    .string()
    .min(1, 'must not be empty')
    .max(1024, 'must be at most 1024 characters long')
    .default(defaultLocalSecret),
  SLIPWAY_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('warn'),
  SLIPWAY_MOODS: z
    .string()
    .min(1, 'must not be empty')
    .transform((setting, context) => {
      try {
        return readMoodsSetting(setting);
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : String(error));
        return z.NEVER;
      }
    })
    .optional(),
});

/** What a local cloud is started with. */
export interface LocalCloudSettings {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Absolute path of the folder that holds all state. */
  dataDir: string;
  pace: z.infer<typeof paceSchema>;
  /** What the durations of the pace are multiplied by; above 0, and 1 when absent. */
  paceFactor?: number;
  /** The client secret of the client `slipway-local`. */
  secret: string;
  logLevel: z.infer<typeof settingsSchema>['SLIPWAY_LOG_LEVEL'];
  /** What stands behind the VMs; simulated when absent. */
  machines?: MachineSetting;
  /** Whether what Azure has retired, and more requests than Azure allows, are refused; not when absent. */
  isStrict?: boolean;
  /** What goes wrong on purpose; nothing when absent. */
  moods?: MoodSet;
}

/** Reads the settings; throws an Error of one sentence that names the variable when one is wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): LocalCloudSettings {
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`The setting ${String(issue?.path[0])} ${issue?.message ?? 'is not valid'}.`);
  }
  const moods = parsed.data.SLIPWAY_MOODS;
  const settings = {
    host: parsed.data.SLIPWAY_ARM_HOST,
    port: parsed.data.SLIPWAY_ARM_PORT,
    dataDir: resolve(parsed.data.SLIPWAY_DATA_DIR),
    pace: parsed.data.SLIPWAY_PACE,
    paceFactor: parsed.data.SLIPWAY_PACE_FACTOR,
    isStrict: parsed.data.SLIPWAY_STRICT === '1',
    machines: parsed.data.SLIPWAY_MACHINES,
    secret: parsed.data.SLIPWAY_LOCAL_SECRET,
    logLevel: parsed.data.SLIPWAY_LOG_LEVEL,
    ...(moods === undefined ? {} : { moods }),
  };
  refuseOpenDoor(settings);
  return settings;
}

/** Throws when others than this computer could come in with the secret that everybody knows. */
export function refuseOpenDoor({ host, secret }: Pick<LocalCloudSettings, 'host' | 'secret'>): void {
  if (isLoopback(host) || secret !== defaultLocalSecret) return;
  throw new Error(
    `The setting SLIPWAY_LOCAL_SECRET must be set to a secret of your own before SLIPWAY_ARM_HOST can be ${host}, which is not a loopback address.`,
  );
}
