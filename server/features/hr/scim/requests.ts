import type { Context } from 'koa';
import { systemActor } from '../../../kernel/actor.ts';
import { AppError, badRequest, forbidden, notFound } from '../../../kernel/errors.ts';
import { readBody } from '../../../platform/http/read-body.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { answerList, answerResource } from './answers.ts';
import { changeUser, removeUser } from './change-user.ts';
import { actorNameOf, placeOf, type Precondition, type ScimDeps, type Written } from './context.ts';
import { createUser } from './create-user.ts';
import { isNode } from './evaluate.ts';
import { byIds, list, type Listing } from './list.ts';
import { applyPatch } from './patch.ts';
import { namesIn, type Projection, wants } from './project.ts';
import { type Doc, readDocument } from './read-document.ts';
import { matchesTag, type Resource, versionOf } from './resources.ts';
import { GROUPS, type ResourceType, USERS } from './schema.ts';
import { ScimSourceTable } from './tables.ts';
import type { Totals } from './totals.ts';
import { changeGroup, createGroup, removeGroup } from './write-group.ts';

/** One request of an identity system whose key was good. */
export interface Call {
  readonly deps: ScimDeps;
  readonly ctx: Context;
  readonly source: string;
  readonly requestId: string;
  readonly type: ResourceType;
  readonly total: Totals;
}

const MAX_BODY = 1024 * 1024;
const BODY_TIMEOUT_MS = 15_000;
const DEFAULT_COUNT = 100;
const ID = /^[0-9a-f]{32}$/;

export function onlyMethods(ctx: Context, ...methods: readonly string[]): void {
  if (methods.includes(ctx.method)) return;
  ctx.set('Allow', methods.join(', '));
  throw new AppError('http.method_not_allowed', { status: 405 });
}

/** `/Users`, `/Groups`: the list, one of them, `.search`. */
export async function onResources(call: Call, id: string | undefined): Promise<void> {
  const { ctx } = call;
  if (id === undefined) {
    onlyMethods(ctx, 'GET', 'POST');
    return ctx.method === 'GET' ? search(call, ctx.query) : create(call);
  }
  if (id === '.search') {
    onlyMethods(ctx, 'POST');
    return search(call, await bodyOf(ctx));
  }
  onlyMethods(ctx, 'GET', 'PUT', 'PATCH', 'DELETE');
  if (!ID.test(id)) throw notFound('scim.not_found');
  if (ctx.method === 'GET') return read(call, id);
  return ctx.method === 'DELETE' ? remove(call, id) : change(call, id);
}

/* ---------- reading ---------- */

async function search(call: Call, asked: unknown): Promise<void> {
  const { deps, ctx, type } = call;
  const fields = isNode(asked) ? asked : {};
  const listing: Listing = {
    filter: textIn(fields, 'filter'),
    sortBy: textIn(fields, 'sortBy'),
    sortOrder: textIn(fields, 'sortOrder'),
    startIndex: numberIn(fields, 'startIndex', 1),
    count: numberIn(fields, 'count', DEFAULT_COUNT),
  };
  const projection = projectionIn(fields);
  const found = await deps.db.read((reads) =>
    list(reads, type, listing, { ...askingOf(call, projection), total: call.total }),
  );
  answerList(ctx, type, found, projection);
}

function textIn(fields: Doc, key: string): string | undefined {
  const value = fields[key];
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest('scim.invalid_value', { attribute: key });
}

function numberIn(fields: Doc, key: string, fallback: number): number {
  const value = fields[key];
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw badRequest('scim.invalid_value', { attribute: key });
  return number;
}

/** Names separated by commas in a query, a list in the body of a search. */
function projectionIn(fields: Doc): Projection {
  const names = (key: string) => {
    const value = fields[key];
    return Array.isArray(value) ? namesIn(value.map(String).join(',')) : namesIn(textIn(fields, key));
  };
  return { attributes: names('attributes'), excludedAttributes: names('excludedAttributes') };
}

const askingOf = ({ deps, source, type }: Call, projection: Projection) => ({
  ...placeOf(deps),
  source,
  withMembers: wants(type, 'members', projection),
});

async function load(call: Call, id: string, projection: Projection): Promise<Resource> {
  const [resource] = await call.deps.db.read((reads) =>
    byIds(reads, call.type, [id], askingOf(call, projection)),
  );
  if (!resource) throw notFound('scim.not_found');
  return resource;
}

async function read(call: Call, id: string): Promise<void> {
  const { ctx, type } = call;
  const projection = projectionIn(ctx.query);
  const resource = await load(call, id, projection);
  const version = versionOf(resource);
  const seen = ctx.get('If-None-Match');
  if (seen === '' || !matchesTag(seen, version)) return answerResource(ctx, 200, type, resource, projection);
  ctx.status = 304;
  if (version !== null) ctx.set('ETag', version);
}

/* ---------- writing: one unit of work each ---------- */

const write = <T>({ deps, source, requestId }: Call, work: (tx: Tx) => Promise<T>): Promise<T> =>
  deps.db.write(systemActor(actorNameOf(source), requestId), work);

async function create(call: Call): Promise<void> {
  const { deps, ctx, type } = call;
  const body = await bodyOf(ctx);
  const written = await write(call, (tx) =>
    type === USERS ? createUser(deps, tx, body) : createGroup(deps, tx, body),
  );
  const id = idOf(written);
  const projection = projectionIn(ctx.query);
  answerResource(ctx, 201, type, await load(call, id, projection), projection);
}

async function change(call: Call, id: string): Promise<void> {
  const { deps, ctx, type } = call;
  const body = await bodyOf(ctx);
  const patched = ctx.method === 'PATCH';
  const next = (before: Doc) => (patched ? applyPatch(type, before, body) : readDocument(type, body));
  const precondition = ifMatch(ctx);
  idOf(
    await write(call, (tx) =>
      type === USERS
        ? changeUser(deps, tx, id, { of: next, patched }, precondition)
        : changeGroup(deps, tx, id, next, precondition),
    ),
  );
  const projection = projectionIn(ctx.query);
  // A unit may have thousands of members, and who changed one of them knows it already (RFC 7644, 3.5.2).
  if (patched && type === GROUPS && !projection.attributes) ctx.status = 204;
  else answerResource(ctx, 200, type, await load(call, id, projection), projection);
}

async function remove(call: Call, id: string): Promise<void> {
  const { deps, ctx, type, source } = call;
  const precondition = ifMatch(ctx);
  const written = await write(call, async (tx) => {
    if (type === GROUPS) return removeGroup(deps, tx, id, precondition);
    const { name } = await tx.em.getRepository(ScimSourceTable).findOneByOrFail({ id: source });
    return removeUser(deps, tx, id, precondition, name);
  });
  idOf(written);
  ctx.status = 204;
}

/** A refusal was noted and committed; now it is told. @throws forbidden with the code of the `Refusal` */
function idOf(written: Written): string {
  if ('refused' in written) throw forbidden(written.refused);
  return written.id;
}

function ifMatch(ctx: Context): Precondition {
  const header = ctx.get('If-Match');
  return (present) => {
    if (header !== '' && !matchesTag(header, versionOf(present)))
      throw new AppError('scim.version_mismatch', { status: 412 });
  };
}

async function bodyOf(ctx: Context): Promise<Doc> {
  const encoding = ctx.get('Content-Encoding');
  const isPlain = encoding === '' || encoding === 'identity';
  if (!isPlain || !ctx.is('application/scim+json', 'application/json'))
    throw new AppError('http.unsupported_type', { status: 415 });
  const bytes = await readBody(ctx.req, MAX_BODY, BODY_TIMEOUT_MS);
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badRequest('scim.invalid_syntax', { why: 'not JSON' });
  }
  if (!isNode(body)) throw badRequest('scim.invalid_syntax', { why: 'a JSON object is expected' });
  return body;
}
