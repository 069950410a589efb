import { routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningApi, makeFolder, startApi } from '../test/portal.test-support.ts';

const schemaSchema = z.looseObject({});
const contentSchema = z.record(z.string().regex(/^\w+\/[\w-]+$/), z.strictObject({ schema: schemaSchema }));
const operationSchema = z.strictObject({
  summary: z.string().min(5),
  tags: z.array(z.string()).length(1),
  parameters: z
    .array(
      z.object({
        in: z.enum(['path', 'query', 'header']),
        name: z.string().min(1),
        required: z.boolean().optional(),
        schema: schemaSchema,
      }),
    )
    .optional(),
  requestBody: z.strictObject({ required: z.literal(true), content: contentSchema }).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|[1-5]XX|default)$/),
    z.strictObject({ description: z.string().min(1), content: contentSchema }),
  ),
});
const documentSchema = z.looseObject({
  openapi: z.string().regex(/^3\.[01]\.\d+$/),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  tags: z.array(z.strictObject({ name: z.string().min(1), description: z.string().min(1) })),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema).optional() }).optional(),
  paths: z.record(
    z.string().startsWith('/api/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operationSchema),
  ),
});

let folder: Awaited<ReturnType<typeof makeFolder>>;
let api: RunningApi;
let document: z.infer<typeof documentSchema>;
let text: string;
beforeAll(async () => {
  folder = await makeFolder();
  api = await startApi({ dataDir: folder.folder });
  text = await (await api.fetch(routes.openapi())).text();
  document = documentSchema.parse(JSON.parse(text));
});
afterAll(async () => {
  await api.close();
  await folder.remove();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('the OpenAPI document', () => {
  it('describes every route with what it is for, under a tag that is explained', () => {
    expect(operations().length).toBeGreaterThanOrEqual(22);
    const tags = new Set(document.tags.map(({ name }) => name));
    const summaries = operations().map(({ operation }) => operation.summary);
    expect(new Set(summaries).size).toBe(summaries.length);
    for (const { operation } of operations()) expect(tags).toContain(operation.tags[0]);
  });

  it('describes every answer: the good one, and refusals and failures in the form of errors', () => {
    for (const { path, method, operation } of operations()) {
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => status.startsWith('2')),
        `${method} ${path}`,
      ).toBe(true);
      for (const status of ['4XX', '5XX']) {
        const answer = operation.responses[status]?.content['application/json']?.schema;
        expect(JSON.stringify(answer), `${method} ${path} ${status}`).toMatch(/correlationId|\$ref/);
      }
    }
  });

  it('declares the parameters of every address, and a body where one is wanted', () => {
    for (const { path, method, operation } of operations()) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
      expect(inPath.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
      for (const { required } of inPath) expect(required).toBe(true);
      if (method === 'get') expect(operation.requestBody).toBeUndefined();
    }
    const bodies = operations().filter(({ operation }) => operation.requestBody);
    expect(bodies.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'delete /api/clusters/{subscriptionId}/{resourceGroup}/{name}',
      'delete /api/locks',
      'delete /api/resource',
      'delete /api/subscriptions/{subscriptionId}/resource-groups/{resourceGroup}',
      'patch /api/tags',
      'post /api/clusters',
      'post /api/clusters/template',
      'post /api/clusters/validate',
      'post /api/clusters/what-if',
      'post /api/clusters/{subscriptionId}/{resourceGroup}/{name}/connect/check',
      'post /api/clusters/{subscriptionId}/{resourceGroup}/{name}/deployment/redeploy',
      'post /api/clusters/{subscriptionId}/{resourceGroup}/{name}/machines/action',
      'post /api/clusters/{subscriptionId}/{resourceGroup}/{name}/what-if',
      'post /api/resource/deletion/stop',
      'post /api/resource/machine/action',
      'post /api/session/sign-in',
      'put /api/locks',
    ]);
  });

  it('refers to nothing that it does not hold', () => {
    for (const [, reference = ''] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      expect(reference).toMatch(/^#\//);
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>(
          (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
          document,
        );
      expect(found, reference).toBeDefined();
    }
  });

  it('tells that the events of a deployment are a stream', () => {
    const events = operations().find(({ path }) => path.endsWith('/deployment/events'));
    expect(Object.keys(events?.operation.responses['200']?.content ?? {})).toEqual(['text/event-stream']);
  });
});
