import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { constantIn, serverSources } from '../support/sources.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { userid } from '../support/story.ts';

let s: Started;
beforeAll(async () => {
  s = await startApp();
});
afterAll(() => s.close());

const sources = serverSources();

it('answers are held against their contracts wherever the product is started by a test', () => {
  expect(s.config.strictAnswers).toBe(true);
});

describe('jobs', () => {
  const enqueued = () =>
    sources.flatMap((source) =>
      [...source.text.matchAll(/enqueue\(\s*\w+,\s*\{\s*name: ('?)([\w.]+)\1/g)].map(
        ([, quoted, name = '']) =>
          quoted ? name : (constantIn(sources, source, name) ?? `${source.path}: ${name}`),
      ),
    );

  it('every job that is enqueued or scheduled has a handler', () => {
    const handled = new Set(s.app.definitions.map((definition) => definition.name));
    const scheduled = s.app.schedules.map((schedule) => schedule.name);
    expect(enqueued().length).toBeGreaterThan(6);
    expect([...enqueued(), ...scheduled].filter((name) => !handled.has(name))).toEqual([]);
  });

  it('every handler is enqueued or scheduled by somebody, and no name is taken twice', () => {
    const names = s.app.definitions.map((definition) => definition.name);
    const asked = new Set([...enqueued(), ...s.app.schedules.map((schedule) => schedule.name)]);
    expect(names.filter((name) => !asked.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('every schedule names a period that has begun, never one to come', () => {
    const now = s.clock.now();
    for (const { name, bucket } of s.app.schedules) {
      const start = bucket(now);
      expect(start, name).not.toBeNull();
      expect(start, name).toBeLessThanOrEqual(now);
      expect(bucket(start ?? 0), name).toBe(start);
    }
  });
});

describe('the API document', () => {
  type Schema = Record<string, unknown>;
  interface Operation {
    readonly summary: string;
    readonly parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[];
    readonly requestBody?: { content: Record<string, { schema: Schema }> };
    readonly responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
    readonly security?: readonly Record<string, readonly string[]>[];
  }
  interface Document {
    readonly openapi: string;
    readonly info: { title: string; version: string };
    readonly paths: Record<string, Record<string, Operation>>;
    readonly components: { securitySchemes: Record<string, unknown> };
  }
  let document: Document;
  beforeAll(async () => {
    document = (await (await fetch(`${s.url}/api/openapi.json`)).json()) as Document;
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is OpenAPI 3.1 and holds every route, once', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const documented = operations().map(({ method, path }) => `${method} ${path}`);
    // It does not describe itself.
    const described = s.app.routes.filter(({ path }) => path !== '/api/openapi.json');
    const routed = described.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(documented.sort()).toEqual(routed.sort());
    expect(new Set(routed).size).toBe(routed.length);
  });

  it('every operation says what it does, and names each parameter of its path', () => {
    for (const { path, method, operation } of operations()) {
      expect(operation.summary, path).toMatch(/\S/);
      const placed = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(named.map((parameter) => parameter.name).sort(), `${method} ${path}`).toEqual(placed.sort());
      for (const parameter of operation.parameters) {
        expect(Object.keys(parameter.schema).length, `${path} ${parameter.name}`).toBeGreaterThan(0);
        expect(parameter.in === 'query' || parameter.required).toBe(true);
      }
    }
  });

  it('every JSON body says its shape: no empty schema anywhere in it', () => {
    // What redirects, streams or is this document.
    const shapeless = [
      '/api/auth/login',
      '/api/auth/callback',
      '/api/approvals/instances/{instanceId}/files/{fileId}',
      '/api/approvals/instances/{instanceId}/package',
      '/api/approvals/packages/{packageId}/file',
      '/api/approvals/design/templates/{templateKey}/yaml',
      '/api/accounts/circulars/{circularId}/instruction',
      '/api/accounts/requests/{requestId}/files/{fileId}',
      '/api/corrections/{correctionId}/files/{fileId}',
      '/api/photos/own/picture',
      '/api/photos/review/{personId}/picture',
      '/api/access/export/people',
      '/api/audit/export',
      '/api/directory/drift/export',
      '/api/accounts/late/export',
      '/api/accounts/export/requests',
      '/api/corrections/export/list',
      '/api/photos/missing/export',
      '/api/undertakings/texts/{textId}/people/export',
      '/api/file-audits/plans/{planId}/export',
      '/api/repairs/tickets/{ticketId}/files/{fileId}',
      '/api/repairs/figures/export',
      '/api/seals/uses/{useId}/files/{fileId}',
      '/api/seals/ledger/export',
      '/api/seals/numbers/export',
      '/api/meeting-rooms/usage/export',
      '/api/meeting-rooms/calendar.ics',
      '/api/leave/accounts/export/list',
      '/api/access/own-data',
      '/api/hr/template',
      '/api/hr/batches/{batchId}/marked',
    ];
    for (const { path, method, operation } of operations()) {
      const answer = operation.responses[200]?.content?.['application/json']?.schema;
      if (shapeless.includes(path)) expect(answer, path).toBeUndefined();
      else expect(emptyPlaces(answer ?? {}, `${method} ${path}`)).toEqual([]);
      const body = operation.requestBody?.content['application/json']?.schema;
      if (body) expect(emptyPlaces(body, `${method} ${path} body`)).toEqual([]);
    }
  });

  it('every route for people names the session, every write the token as well', () => {
    for (const { path, method, operation } of operations()) {
      const route = s.app.routes.find(
        (one) => one.method === method && one.path.replace(/:(\w+)/g, '{$1}') === path,
      );
      const wanted =
        route?.auth === 'none' ? undefined : [method === 'get' ? { session: [] } : { session: [], csrf: [] }];
      expect(operation.security, path).toEqual(wanted);
    }
    expect(Object.keys(document.components.securitySchemes).sort()).toEqual(['csrf', 'session']);
  });

  /** Where a schema says nothing: `{}` as itself, a property, an item or a branch. */
  function emptyPlaces(schema: Schema, at: string): string[] {
    if (Object.keys(schema).length === 0) return [at];
    return Object.entries(schema).flatMap(([key, value]) => {
      if (key === 'properties' || key === '$defs')
        return Object.entries(value as Record<string, Schema>).flatMap(([name, one]) =>
          emptyPlaces(one, `${at}.${name}`),
        );
      // An object with free keys says so by `additionalProperties`, whose values may be anything.
      if (['items', 'not'].includes(key)) return emptyPlaces(value as Schema, `${at}.${key}`);
      if (['anyOf', 'oneOf', 'allOf'].includes(key))
        return (value as Schema[]).flatMap((one, n) => emptyPlaces(one, `${at}.${key}${n}`));
      return [];
    });
  }
});

describe('answers', () => {
  it('no route answers a person with a server error, whatever its path and query say', async () => {
    const client = await s.signIn(userid.superAdmin);
    const ids = ['0'.repeat(32), 'leave', 'x', '__proto__', '%00', '张', "'"];
    const queries = [
      '',
      '?box=todo',
      '?box=todo&limit=0',
      '?q=%25&limit=5',
      '?cursor=1.x',
      '?url=x',
      '?month=2026-13',
    ];
    for (const { method, path } of s.app.routes) {
      for (const id of ids) {
        for (const query of method === 'get' ? queries : ['']) {
          const url = `${path.replace(/:\w+/g, encodeURIComponent(id))}${query}`;
          const answer =
            method === 'get'
              ? await client.raw('GET', url)
              : await client.send(method.toUpperCase(), url, {});
          await answer.arrayBuffer();
          expect(answer.status, `${method} ${url}`).toBeLessThan(500);
          if (path === '/api/auth/logout' || path === '/api/auth/login')
            await client.signIn(userid.superAdmin);
          if (!path.includes(':')) break;
        }
        if (!path.includes(':')) break;
      }
    }
    expect(s.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    // Thousands of requests: not a matter of the machine's speed.
  }, 180_000);
});
