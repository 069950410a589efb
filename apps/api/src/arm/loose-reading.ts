import { z } from 'zod';

/** A text; absent where ARM says something else, or null. */
export const looseText = z.string().optional().catch(undefined);

/** Tags with their texts; what is no text is left out. */
export const looseTags = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((tags) =>
    Object.fromEntries(
      Object.entries(tags).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
  );

/** The items of a list that can be read; one that is not what it should be does not hide the others. */
export function readItems<Schema extends z.ZodType>(
  schema: Schema,
  items: readonly unknown[],
): z.output<Schema>[] {
  return items.flatMap((item) => {
    const read = schema.safeParse(item);
    return read.success ? [read.data] : [];
  });
}
