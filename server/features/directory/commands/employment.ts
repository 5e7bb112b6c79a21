import { refused } from '../../../kernel/errors.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import type { PersonChange } from '../person-change.ts';
import { mustMaintainAnother } from '../policy.ts';
import { PersonTable, UnitTable, type PersonRow } from '../tables.ts';
import { applyPosts, brief, endPosts } from './apply-posts.ts';
import type { Consequences } from './consequences.ts';
import { effectiveDay } from './effective-day.ts';
import type { EndOfEmployment, Orphaned, Rehiring } from './goals.ts';
import { lockDirectory } from './lock-directory.ts';
import {
  changesOf,
  fieldGoal,
  mobileMustBeFree,
  mustBeWellFormed,
  mustNotClash,
  shown,
} from './person-fields.ts';
import { knownPerson } from './person-here.ts';
import type { Personal } from './protect-personal.ts';

/** The two ends of an employment. The person stays one person throughout (B7). */
export function createEmployment(personal: Personal, consequences: Consequences) {
  async function endEmployment(tx: Tx, personId: string, end: EndOfEmployment): Promise<Orphaned> {
    mustMaintainAnother(tx.actor, personId);
    const on = effectiveDay(tx.now, end.on);
    await lockDirectory(tx);
    const person = await knownPerson(tx, personId);
    const goal = { status: end.status, statusOn: on, leaveReason: end.reason };
    if (person.state === 'left') return correct(tx, person, goal);

    const changes = { ...goal, state: 'left' as const, lockCause: null, managerId: null, leftAt: tx.now };
    await saveWithVersion(tx, PersonTable, person, { ...changes, updatedAt: tx.now });
    const posts = await endPosts(tx, personId, on);
    recordChange(tx, {
      type: 'person',
      id: personId,
      kind: end.status,
      on,
      before: { ...shown(person, changes), posts: posts.map(brief) },
      after: shown(changes, changes),
    });
    const reportIds = await freeReports(tx, personId);
    const unitIdsInCharge = await freeUnits(tx, personId);
    await consequences.peopleChanged(tx, [
      { personId, kind: 'left' },
      ...reportIds.map((id): PersonChange => ({ personId: id, kind: 'updated' })),
    ]);
    const headed = posts.filter((post) => post.isHead).map((post) => post.unitId);
    return { changed: true, reportIds, unitIdsInCharge, unitIdsHeaded: [...new Set(headed)] };
  }

  /** The same person again with a new employment; nothing else of before comes back by itself (B7). */
  async function rehire(tx: Tx, personId: string, { on, posts, fields = {} }: Rehiring): Promise<boolean> {
    mustMaintainAnother(tx.actor, personId);
    mustBeWellFormed(fields, tx.now);
    const day = effectiveDay(tx.now, on);
    await lockDirectory(tx);
    const person = await knownPerson(tx, personId);
    const employment = { status: 'working' as const, statusOn: day, employedOn: day, leaveReason: null };
    const back = { ...employment, state: 'active' as const, lockCause: null, leftAt: null };
    const goal = { ...fieldGoal(person, fields, personal), ...back };
    const changes = changesOf(person, goal);
    if (person.state !== 'left') {
      if (changes) throw refused('directory.still_here');
      return false;
    }
    const returning = { ...person, ...back };
    await mustNotClash(tx, returning, goal);
    if (goal.mobilePrint === undefined) await mobileMustBeFree(tx, personId, person.mobilePrint);
    await saveWithVersion(tx, PersonTable, person, { ...goal, updatedAt: tx.now });
    await applyPosts(tx, personId, posts, day);
    recordChange(tx, {
      type: 'person',
      id: personId,
      kind: 'rehired',
      on: day,
      before: shown(person, goal),
      after: { ...shown(goal, goal), posts: posts.map(brief) },
    });
    await consequences.peopleChanged(tx, [{ personId, kind: 'returned' }]);
    return true;
  }

  return { endEmployment, rehire };
}

const NOBODY = { reportIds: [], unitIdsInCharge: [], unitIdsHeaded: [] } as const;

/** HR says the same again, or corrects the kind, day or reason of what is over. */
async function correct(tx: Tx, person: PersonRow, goal: Partial<PersonRow>): Promise<Orphaned> {
  const changes = changesOf(person, goal);
  if (!changes) return { changed: false, ...NOBODY };
  await saveWithVersion(tx, PersonTable, person, { ...changes, updatedAt: tx.now });
  const [before, after] = [shown(person, changes), shown(changes, changes)];
  recordChange(tx, { type: 'person', id: person.id, kind: 'leavingCorrected', before, after });
  return { changed: true, ...NOBODY };
}

/** C16: who reported to somebody who left reports to nobody until somebody says to whom. */
async function freeReports(tx: Tx, managerId: string): Promise<string[]> {
  const reports = await tx.em.getRepository(PersonTable).findBy({ managerId });
  for (const report of reports) {
    await saveWithVersion(tx, PersonTable, report, { managerId: null, updatedAt: tx.now });
    recordChange(tx, {
      type: 'person',
      id: report.id,
      kind: 'manager',
      before: { managerId },
      after: { managerId: null },
    });
  }
  return reports.map((report) => report.id);
}

async function freeUnits(tx: Tx, leaderInChargeId: string): Promise<string[]> {
  const units = await tx.em.getRepository(UnitTable).findBy({ leaderInChargeId });
  for (const unit of units) {
    await saveWithVersion(tx, UnitTable, unit, { leaderInChargeId: null });
    recordChange(tx, {
      type: 'unit',
      id: unit.id,
      kind: 'leader',
      before: { leaderInChargeId },
      after: { leaderInChargeId: null },
    });
  }
  return units.map((unit) => unit.id);
}
