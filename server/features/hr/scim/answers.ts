import type { Context } from 'koa';
import type { ListOf } from './list.ts';
import { project, type Projection } from './project.ts';
import { type Resource, versionOf } from './resources.ts';
import type { ResourceType } from './schema.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export function answerJson(ctx: Context, status: number, body: object): void {
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = JSON.stringify(body);
  ctx.type = 'application/scim+json; charset=utf-8';
}

export const listMessage = (
  resources: readonly object[],
  totalResults: number,
  startIndex: number,
): object => ({
  schemas: [LIST],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

export function answerList(ctx: Context, type: ResourceType, found: ListOf, projection: Projection): void {
  const shown = found.resources.map((one) => project(type, one, projection));
  answerJson(ctx, 200, listMessage(shown, found.totalResults, found.startIndex));
}

export function answerResource(
  ctx: Context,
  status: number,
  type: ResourceType,
  resource: Resource,
  projection: Projection,
): void {
  const version = versionOf(resource);
  if (version !== null) ctx.set('ETag', version);
  const { location } = resource.meta as { location: string };
  ctx.set(status === 201 ? 'Location' : 'Content-Location', location);
  answerJson(ctx, status, project(type, resource, projection));
}
