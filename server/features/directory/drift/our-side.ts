import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Personal } from '../commands/protect-personal.ts';
import { desiredDepartment, desiredMember, type DesiredDepartment } from '../push/desired.ts';
import { hide } from '../push/due-members.ts';
import { factsOf } from '../push/facts.ts';
import { departmentMirrors, marks, memberMirrors, writtenOf } from '../push/mirror-store.ts';
import type { DepartmentMirrorRow, MemberMirrorRow } from '../tables.ts';
import type { OurMember, Secrets } from './compare-member.ts';
import { SETTLE_MS } from './follow.ts';

export interface OurDeps {
  readonly vault: Vault;
  readonly personal: Personal;
}

export interface Ours extends OurMember {
  readonly personId: string;
  readonly useridKey: string;
  /** One of our own writes may be on its way: not judged now. */
  readonly isFresh: boolean;
}

/** Our side of these people, of those among them who were written. @param personIds at most a few hundred */
export async function ourMembers(
  deps: OurDeps,
  reads: Reads,
  personIds: readonly string[],
): Promise<Map<string, Ours>> {
  const [facts, mirrors] = [
    await factsOf(reads, personIds, deps.personal),
    await memberMirrors(reads, personIds),
  ];
  return new Map(
    facts.flatMap((one) => {
      const mirror = mirrors.get(one.personId);
      const written = writtenOf(mirror);
      if (!mirror || !written) return [];
      const ours: Ours = {
        personId: one.personId,
        useridKey: String(written.userid ?? mirror.userid).toLowerCase(),
        state: one.state,
        desired: desiredMember(one),
        manager: one.manager,
        written,
        isFresh: isFreshMember(mirror, reads.now),
      };
      return [[one.personId, ours] as const];
    }),
  );
}

/** A push writes to it at this moment. */
export const isClaimed = ({ claim, claimUntilAt }: MemberMirrorRow, now: number): boolean =>
  claim !== null && (claimUntilAt ?? 0) > now;

const isFreshMember = (mirror: MemberMirrorRow, now: number): boolean =>
  mirror.state === 'writing' || isClaimed(mirror, now) || mirror.updatedAt + SETTLE_MS > now;

export async function secretsFor(deps: OurDeps, reads: Reads, userids: readonly string[]): Promise<Secrets> {
  const known = await personIdsOf(reads, userids);
  return {
    hide: hide(deps.vault),
    mobileForm: (value) => deps.personal.reveal('mobile', deps.personal.protect('mobile', value).sealed),
    personOf: (userid) => known.get(userid.toLowerCase()) ?? null,
  };
}

/** Person ids by userid in lower case. */
export async function personIdsOf(
  reads: Reads,
  userids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(userids.map((userid) => userid.toLowerCase()))];
  const found = new Map<string, string>();
  for (let at = 0; at < keys.length; at += 500) {
    const some = keys.slice(at, at + 500);
    const rows: { id: string; useridKey: string }[] = await reads.em.query(
      `select id, useridKey from person where useridKey in (${marks(some)})`,
      some,
    );
    for (const row of rows) found.set(row.useridKey, row.id);
  }
  return found;
}

export interface OurUnit {
  readonly unitId: string;
  readonly departmentId: number;
  readonly state: 'active' | 'removed';
  /** Null for the institution itself and for dissolved units. */
  readonly desired: DesiredDepartment | null;
  readonly mirror: DepartmentMirrorRow | undefined;
  /** Null: never written. */
  readonly written: Readonly<Record<string, unknown>> | null;
  readonly isFresh: boolean;
}

interface UnitColumns {
  readonly unitId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly state: 'active' | 'removed';
  readonly sortOrder: number;
  readonly departmentId: number;
}

export async function ourUnits(reads: Reads): Promise<OurUnit[]> {
  const units: UnitColumns[] = await reads.em.query(
    'select id as unitId, parentId, name, state, sortOrder, departmentId from unit',
  );
  const mirrors = await departmentMirrors(reads);
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  return units.map((unit) => {
    const mirror = mirrors.get(unit.unitId);
    const parent = byId.get(unit.parentId ?? '');
    return {
      unitId: unit.unitId,
      departmentId: unit.departmentId,
      state: unit.state,
      desired: unit.state === 'active' ? desiredDepartment(unit, parent) : null,
      mirror,
      written: writtenOf(mirror),
      isFresh:
        mirror !== undefined && (mirror.state === 'writing' || mirror.updatedAt + SETTLE_MS > reads.now),
    };
  });
}
