/** A small organisation written as data: what the conformance cases and the property tests run on. */
import { z } from 'zod';
import type { Org, OrgAssignment, OrgUnit } from '../model/org.ts';

export const WorldData = z.strictObject({
  units: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      parent: z.string().nullable(),
      kind: z.enum(['institution', 'department', 'office']),
    }),
  ),
  people: z.array(z.strictObject({ id: z.string(), name: z.string(), active: z.boolean().default(true) })),
  posts: z.array(
    z.strictObject({
      id: z.string(),
      person: z.string(),
      unit: z.string(),
      title: z.string(),
      kind: z.enum(['main', 'concurrent']).default('main'),
      /** Rank among the heads of the unit; absent: no head. */
      head: z.number().int().optional(),
      since: z.string().nullable().default(null),
    }),
  ),
  roles: z
    .array(
      z.strictObject({
        role: z.string(),
        unit: z.string().nullable(),
        person: z.string(),
        since: z.string().nullable().default(null),
      }),
    )
    .default([]),
});
export type WorldData = z.infer<typeof WorldData>;

export const WorldChange = z.strictObject({
  lock: z.array(z.string()).default([]),
  unlock: z.array(z.string()).default([]),
  addPosts: WorldData.shape.posts.default([]),
  endPosts: z.array(z.string()).default([]),
  addRoles: WorldData.shape.roles,
  endRoles: z.array(z.string()).default([]),
});
export type WorldChange = z.infer<typeof WorldChange>;

export function changeWorld(world: WorldData, change: WorldChange): WorldData {
  return {
    units: world.units,
    people: world.people.map((p) => ({
      ...p,
      active: change.unlock.includes(p.id) || (p.active && !change.lock.includes(p.id)),
    })),
    posts: [...world.posts.filter((p) => !change.endPosts.includes(p.id)), ...change.addPosts],
    roles: [...world.roles.filter((r) => !change.endRoles.includes(r.role)), ...change.addRoles],
  };
}

export function orgOf(world: WorldData): Org {
  const units = new Map(world.units.map((u) => [u.id, u]));
  const people = new Map(world.people.map((p) => [p.id, p]));
  const posts = world.posts.map((p): OrgAssignment => ({
    assignmentId: p.id,
    personId: p.person,
    unitId: p.unit,
    title: p.title,
    kind: p.kind,
    isHead: p.head !== undefined,
    headRank: p.head ?? 0,
    since: p.since,
  }));
  const unit = (id: string): OrgUnit | null => {
    const u = units.get(id);
    return u === undefined ? null : { unitId: u.id, name: u.name, parentId: u.parent };
  };
  const departmentOf = (id: string): OrgUnit | null => {
    for (let u = units.get(id); u !== undefined; u = units.get(u.parent ?? '')) {
      if (u.kind === 'department') return unit(u.id);
    }
    return unit(id);
  };
  return {
    unit,
    unitByCode: unit,
    departmentOf,
    person(id) {
      const p = people.get(id);
      return p === undefined
        ? null
        : { personId: p.id, name: p.name, staffNo: `S-${p.id}`, active: p.active };
    },
    assignmentsOf: (id) =>
      posts
        .filter((p) => p.personId === id)
        .sort((a, b) => Number(a.kind === 'concurrent') - Number(b.kind === 'concurrent')),
    headsOf: (id) => posts.filter((p) => p.unitId === id && p.isHead).sort((a, b) => a.headRank - b.headRank),
    roleHolders: (role, id) =>
      world.roles
        .filter((r) => r.role === role && r.unit === id)
        .map((r) => ({ personId: r.person, since: r.since })),
  };
}
