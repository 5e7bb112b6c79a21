import type { Db } from '../../../platform/db/unit-of-work.ts';
import { pushPerson } from '../commands/consequences.ts';
import type { Due } from './due-members.ts';
import type { Holding } from './hold-members.ts';
import { memberMirrors } from './mirror-store.ts';
import { PUSH_ACTOR } from './push-actor.ts';
import type { DepartmentPusher } from './push-departments.ts';
import { pushDue, type Left } from './push-members.ts';
import { isGathering, membersInSheet } from './sheet/store.ts';
import type { PushDeps } from './write-member.ts';

export interface PeoplePush extends PushDeps {
  readonly departments: DepartmentPusher;
}

/**
 * Bring these people to what they should be, newcomers and changed ones.
 * @param run names the job, for what follows from it
 * @returns who is still to be written and from when on, without those who are in a sheet
 */
export async function pushPeople(
  deps: PeoplePush,
  holding: Holding,
  personIds: readonly string[],
  { run, now }: { readonly run: string; readonly now: number },
): Promise<Left[]> {
  const due = await notGathered(deps.db, await holding.due(personIds));
  if (due.length === 0) return [];
  // A member can only be put into a department that is there.
  if (due.some(({ missing }) => missing.length > 0)) await deps.departments.write(now);
  try {
    return await notInSheet(deps.db, await pushDue(deps, holding, due, now));
  } finally {
    // A run that 企业微信 ended early has made some of them: no repetition would find those new again.
    await pushReports(deps.db, due.filter(isNew), run);
  }
}

const isNew = ({ call }: Due): boolean => call?.kind === 'create';

/** Newcomers of a personnel run go together; who was refused before has a cure of their own to wait for. */
async function notGathered(db: Db, due: readonly Due[]): Promise<readonly Due[]> {
  const goesTogether = (one: Due) => isNew(one) && one.mirror?.state !== 'failed';
  if (!due.some(goesTogether) || !(await db.read(isGathering))) return due;
  return due.filter((one) => !goesTogether(one));
}

/** Whoever is in a sheet is looked at again when it is done. */
export async function notInSheet(db: Db, left: readonly Left[]): Promise<Left[]> {
  if (left.length === 0) return [];
  const personIds = left.map(({ personId }) => personId);
  const inSheet = await db.read((reads) => membersInSheet(reads, personIds));
  return left.filter(({ personId }) => !inSheet.has(personId));
}

/** People who could not be shown under their superior while 企业微信 did not know the superior. */
async function pushReports(db: Db, managers: readonly Due[], run: string): Promise<void> {
  if (managers.length === 0) return;
  const managerIds = managers.map(({ facts }) => facts.personId);
  await db.write(PUSH_ACTOR, async (tx) => {
    const mirrors = await memberMirrors(tx, managerIds);
    for (const managerId of managerIds) {
      if (mirrors.get(managerId)?.state !== 'written') continue;
      const reports: { id: string }[] = await tx.em.query(
        `select p.id as id from person p join wecom_member_mirror m on m.id = p.id
         where p.managerId = ? and p.state <> 'left' and m.written <> '{}'`,
        [managerId],
      );
      for (const { id } of reports) pushPerson(tx, id, `under:${run}`);
    }
  });
}
