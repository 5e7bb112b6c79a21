import { badRequest, notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Directory, Org, OrgUnit } from '../../directory/index.ts';
import { briefOf } from '../describe.ts';
import type { UnitAnswer, UnitNode, UnitsAnswer, UnitsQuery } from './contract.ts';
import type { World } from './world.ts';

/**
 * One level of the tree as far as the scope reaches: the topmost units of the scope, the units below one, or those a
 * search finds.
 */
export function listUnits(world: World, { parentId, q, cursor, limit }: Omit<UnitsQuery, 'on'>): UnitsAnswer {
  const found = q.trim() === '' ? level(world, parentId) : unitsNamed(world, q.trim());
  const from = cursor === undefined ? 0 : found.findIndex((unit) => unit.unitId === cursor) + 1;
  if (cursor !== undefined && from === 0) throw badRequest('access.bad_cursor');
  const page = found.slice(from, from + limit);
  const last = page.at(-1);
  return {
    items: page.map((unit) => nodeOf(world, unit)),
    next: last && from + limit < found.length ? last.unitId : null,
    total: found.length,
    people: world.counts().all,
  };
}

function level({ org, visible }: World, parentId: string | undefined): readonly OrgUnit[] {
  if (parentId !== undefined) {
    unitIn({ org, visible }, parentId);
    return org.childrenOf(parentId).filter((unit) => visible.hasUnit(unit.unitId));
  }
  if (visible.units === null) return org.units().filter((unit) => unit.parentId === null);
  const isTop = ({ parentId: above }: OrgUnit) => above === null || !visible.hasUnit(above);
  return org.units().filter((unit) => visible.hasUnit(unit.unitId) && isTop(unit));
}

const unitsNamed = ({ org, visible }: World, q: string): readonly OrgUnit[] =>
  org
    .units()
    .filter((unit) => visible.hasUnit(unit.unitId) && (unit.name.includes(q) || unit.code === q))
    .toSorted((a, b) => a.name.length - b.name.length);

/** Outside the scope is as unknown as not there. */
export function unitIn({ org, visible }: Pick<World, 'org' | 'visible'>, unitId: string): OrgUnit {
  const unit = org.unit(unitId);
  if (!unit || !visible.hasUnit(unitId)) throw notFound('access.unknown_unit');
  return unit;
}

export const namesDownTo = (org: Org, unitId: string): string[] =>
  org.pathOf(unitId).map((unit) => unit.name);

function nodeOf(world: World, unit: OrgUnit): UnitNode {
  const { org, visible } = world;
  return {
    unitId: unit.unitId,
    code: unit.code,
    name: unit.name,
    path: namesDownTo(org, unit.unitId),
    people: world.counts().in(unit.unitId),
    childCount: org.childrenOf(unit.unitId).filter((child) => visible.hasUnit(child.unitId)).length,
    heads: org.headsOf(unit.unitId).map((post) => openPerson(world, post.personId)),
  };
}

export const openPerson = ({ today, visible }: World, personId: string) => ({
  ...briefOf(today, personId),
  open: visible.has(personId),
});

/** @param directory for the names and places it had */
export async function readUnit(
  reads: Reads,
  directory: Pick<Directory, 'unitVersionsOf'>,
  world: World,
  unitId: string,
): Promise<UnitAnswer> {
  const unit = unitIn(world, unitId);
  const { org, today, visible } = world;
  const node = nodeOf(world, unit);
  return {
    ...node,
    category: unit.category,
    removed: today.unit(unitId)?.state === 'removed',
    path: org.pathOf(unitId).map(({ unitId: id, name }) => ({ unitId: id, name, open: visible.hasUnit(id) })),
    leaderInCharge: unit.leaderInChargeId === null ? null : openPerson(world, unit.leaderInChargeId),
    versions: (await directory.unitVersionsOf(reads, unitId)).map((version) => ({ ...version })),
  };
}
