import { expect, it } from 'vitest';
import { z } from 'zod';
import { openApi } from './openapi.ts';
import { route } from './route.ts';

const document = openApi(
  [
    route({
      method: 'post',
      path: '/api/things/:thingId/parts/:partId',
      summary: 'Add.',
      auth: 'person',
      params: z.strictObject({ thingId: z.string(), partId: z.string().max(3) }),
      query: z.strictObject({ q: z.string().optional(), limit: z.coerce.number().default(20) }),
      body: z.strictObject({ on: z.string().transform((text) => text.length) }),
      answer: z.object({ ok: z.literal(true) }),
      handle: async () => ({ ok: true as const }),
    }),
    route({
      method: 'get',
      path: '/api/things/:thingId/parts/:partId',
      summary: 'Read.',
      auth: 'none',
      handle: async () => undefined,
    }),
  ],
  { title: 'T', version: '1' },
);
const paths = document.paths as Record<string, Record<string, Record<string, unknown>>>;
const path = paths['/api/things/{thingId}/parts/{partId}'];

it('describes both methods of one path, parameters in their places', () => {
  expect(Object.keys(path ?? {})).toEqual(['post', 'get']);
  expect(path?.post?.parameters).toMatchObject([
    { name: 'thingId', in: 'path', required: true },
    { name: 'partId', in: 'path', required: true, schema: { maxLength: 3 } },
    { name: 'q', in: 'query', required: false },
    { name: 'limit', in: 'query', required: false, schema: { default: 20 } },
  ]);
});

it('the body is what may be sent, the answer what comes back', () => {
  expect(path?.post).toMatchObject({
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { properties: { on: { type: 'string' } } } } },
    },
    responses: { 200: { content: { 'application/json': { schema: { required: ['ok'] } } } } },
    security: [{ session: [], csrf: [] }],
  });
  expect(path?.get).not.toHaveProperty('security');
  expect(path?.get).not.toHaveProperty('requestBody');
});
