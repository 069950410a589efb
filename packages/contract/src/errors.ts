import { z } from 'zod';

/**
 * Every error code the API itself can answer, with its HTTP status and what the person can do about it.
 * ARM's own errors keep ARM's code and are answered as `ArmError` with ARM's code in `armCode`.
 */
export const apiErrors = {
  InvalidRequest: {
    status: 400,
    remedy: 'Correct the values named in the details and send the request again.',
  },
  InvalidSpec: { status: 400, remedy: 'Correct the fields named in the details.' },
  PrivateKeyRefused: {
    status: 400,
    remedy:
      'Paste the public half of the key pair (the file that ends in .pub). A private key never belongs here.',
  },
  SignInRequired: { status: 401, remedy: 'Sign in with the access secret of this portal.' },
  WrongAccessSecret: { status: 401, remedy: 'Check the access secret and try again.' },
  HostNotAllowed: {
    status: 403,
    remedy: 'Open the portal under an address that it is configured for (SLIPWAY_ALLOWED_HOSTS).',
  },
  OriginNotAllowed: { status: 403, remedy: 'Open the portal itself and try again there.' },
  CsrfTokenInvalid: { status: 403, remedy: 'Reload the page and try again.' },
  NotFound: { status: 404, remedy: 'Check the address, or go back to the list of container services.' },
  ResourceNotFound: {
    status: 404,
    remedy: 'It may have been deleted, or its id has a mistake in it. Look for it in its resource group.',
  },
  ClusterNotFound: {
    status: 404,
    remedy: 'It may have been deleted. Go back to the list of container services.',
  },
  ClusterNameTaken: { status: 409, remedy: 'Choose another service name, or another resource group.' },
  ValidationFailed: {
    status: 400,
    remedy: 'Correct the fields that Azure Resource Manager names, then validate again.',
  },
  ClusterNotReady: {
    status: 409,
    remedy: 'Wait until the deployment has finished, then reload this page.',
  },
  DeploymentRunning: {
    status: 409,
    remedy: 'Cancel the deployment first, or wait until it has ended.',
  },
  ClusterChanged: {
    status: 409,
    remedy: 'Look at what has become of it, then decide again.',
  },
  TagsChanged: {
    status: 409,
    remedy: 'Look at the tags as they are now, then change them again.',
  },
  ValuesMissing: {
    status: 409,
    remedy: 'Submit the template with its parameter file again from where this container service was made.',
  },
  DeletionNotRunning: { status: 409, remedy: 'Refresh the page to see what has become of it.' },
  DeploymentNotRunning: { status: 409, remedy: 'Refresh the page to see its present state.' },
  PayloadTooLarge: { status: 413, remedy: 'Send less at once.' },
  UnsupportedMediaType: { status: 415, remedy: 'Send JSON.' },
  TooManyRequests: { status: 429, remedy: 'Wait a moment and try again.' },
  ArmError: { status: 502, remedy: 'Read what Azure Resource Manager answered, correct it and try again.' },
  CloudUnreachable: {
    status: 503,
    remedy: 'Check that the cloud is running and that this computer can reach it, then try again.',
  },
  CloudTimeout: {
    status: 504,
    remedy: 'Refresh the page in a moment: what was asked for may have been done all the same.',
  },
  CredentialUnavailable: {
    status: 503,
    remedy:
      'Sign in on the computer that runs the portal (for example with "az login"), then reload this page.',
  },
  Internal: { status: 500, remedy: 'Try again. If it happens again, report it with the correlation id.' },
} as const satisfies Record<string, { status: number; remedy: string }>;

export type ApiErrorCode = keyof typeof apiErrors;

/** An error as Azure Resource Manager words it; `details` nest to any depth. */
export interface ArmErrorBody {
  code: string;
  message: string;
  target?: string | undefined;
  details?: ArmErrorBody[] | undefined;
}

export const armErrorSchema: z.ZodType<ArmErrorBody> = z
  .lazy(() =>
    z.object({
      code: z.string(),
      message: z.string(),
      target: z.string().optional(),
      details: z.array(armErrorSchema).optional(),
    }),
  )
  .meta({ id: 'ArmError', description: 'An error as Azure Resource Manager words it.' });

/** One value of a request that is wrong: `path` is the field's path, for example `master.sshPublicKey`. */
export const fieldErrorSchema = z.object({ path: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** The body of every answer of the API with a status of 400 and up. */
export const apiErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
    correlationId: z.string(),
    /** Which values of the request are wrong. */
    fields: z.array(fieldErrorSchema).optional(),
    /** What ARM answered, where ARM is the source. */
    arm: armErrorSchema.optional(),
  }),
});
export type ApiErrorBody = z.infer<typeof apiErrorSchema>;
