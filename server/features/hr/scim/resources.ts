import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { scimReads } from '../../directory/index.ts';
import { ENTERPRISE, GROUP, UNIT, USER } from './schema.ts';

export type Resource = Readonly<Record<string, unknown>> & { readonly id: string };

/** Where the resources live: `https://…/scim/v2`. */
export interface Place {
  readonly base: string;
}

const iso = (at: number): string => new Date(at).toISOString();
const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

/** A person as a User. Mobile, ID number and birth date are not told (rule H6). */
export function userOf(
  person: scimReads.PersonRead,
  externalId: string | undefined,
  { base }: Place,
): Resource {
  const { id, name, email, managerId } = person;
  const main = person.posts.find(({ kind }) => kind === 'main');
  const manager = managerId !== null && {
    value: managerId,
    $ref: `${base}/Users/${managerId}`,
    ...given({ displayName: person.managerName }),
  };
  return withMeta(
    {
      schemas: [USER, ENTERPRISE],
      id,
      ...given({ externalId }),
      userName: person.userid,
      name: { formatted: name },
      displayName: name,
      ...given({ title: main?.title }),
      userType: person.category,
      active: person.state === 'active',
      ...(email !== null && { emails: [{ value: email, type: 'work', primary: true }] }),
      ...(person.posts.length > 0 && {
        groups: person.posts.map(({ unitId, unitName }) => ({
          value: unitId,
          $ref: `${base}/Groups/${unitId}`,
          display: unitName,
          type: 'direct',
        })),
      }),
      [ENTERPRISE]: {
        employeeNumber: person.staffNo,
        ...given({ department: main?.unitName }),
        ...(manager && { manager }),
      },
    },
    {
      resourceType: 'User',
      created: iso(person.createdAt),
      lastModified: iso(person.updatedAt),
      location: `${base}/Users/${id}`,
    },
  );
}

/** A unit as a Group. Without members (they were not asked for) it has no version: it would not tell of them. */
export function groupOf(
  unit: scimReads.UnitRead,
  members: readonly scimReads.MemberRead[] | null,
  externalId: string | undefined,
  { base }: Place,
): Resource {
  const { id, parentId } = unit;
  const parent = parentId !== null && {
    value: parentId,
    $ref: `${base}/Groups/${parentId}`,
    ...given({ display: unit.parentName }),
  };
  const body = {
    schemas: [GROUP, UNIT],
    id,
    ...given({ externalId }),
    displayName: unit.name,
    ...(members !== null &&
      members.length > 0 && {
        members: members.map(({ personId, name }) => ({
          value: personId,
          $ref: `${base}/Users/${personId}`,
          display: name,
          type: 'User',
        })),
      }),
    [UNIT]: { code: unit.code, ...(parent && { parent }) },
  };
  const meta = { resourceType: 'Group', location: `${base}/Groups/${id}` };
  return members === null ? { ...body, meta } : withMeta(body, meta);
}

/** RFC 7644, 3.14: a weak entity tag, of the content, so that a post that changed is seen as well. */
function withMeta(
  body: Omit<Resource, 'meta'> & { id: string },
  meta: Readonly<Record<string, unknown>>,
): Resource {
  const hash = createHash('sha256').update(canonicalJson(body)).digest('base64url').slice(0, 22);
  return { ...body, meta: { ...meta, version: `W/"${hash}"` } };
}

export function versionOf(resource: Resource): string | null {
  const { version } = (resource.meta ?? {}) as { version?: string };
  return version ?? null;
}

/** Is one of the tags of an If-Match or If-None-Match header this version? Weak comparison (RFC 9110, 8.8.3.2). */
export function matchesTag(header: string, version: string | null): boolean {
  if (header.trim() === '*') return version !== null;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return version !== null && header.split(',').some((tag) => bare(tag) === bare(version));
}
