import { clusterSpecSchema } from '@slipway/cluster';
import { z } from 'zod';

/** Asks for the files that build what a spec describes. */
export const templateRequestSchema = z.object({ spec: clusterSpecSchema });

const jsonObjectSchema = z.record(z.string(), z.unknown());

/** Parameters as ARM takes them; a value that is not told is absent. */
const parametersSchema = z.record(z.string(), z.object({ value: z.unknown().optional() }));

/** What ARM is given to build a cluster. */
export const templateFilesSchema = z.object({
  template: jsonObjectSchema,
  parameters: parametersSchema,
});
export type TemplateFiles = z.infer<typeof templateFilesSchema>;

/** What an existing cluster's stack was given. */
export const clusterExportSchema = z.object({
  /** Absent where the stack's template is kept elsewhere, behind a link. */
  template: jsonObjectSchema.optional(),
  parameters: parametersSchema,
  /** Parameters whose values are secret: they are to be given anew. */
  secretParameters: z.array(z.string()),
  /** Where in the template a secret was left out, by path. */
  leftOut: z.array(z.string()),
});
export type ClusterExport = z.infer<typeof clusterExportSchema>;

/** A resource group as it is now, as a template, and what of it ARM could not export. */
export const groupExportSchema = z.object({
  template: jsonObjectSchema,
  /** Where in the template a secret was left out, by path. */
  leftOut: z.array(z.string()),
  problems: z.array(z.object({ code: z.string(), message: z.string(), target: z.string().optional() })),
});
export type GroupExport = z.infer<typeof groupExportSchema>;
