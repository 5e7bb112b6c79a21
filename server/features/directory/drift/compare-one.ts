import { reading } from '../../../connector/reading.ts';
import { compareDetails } from './compare-details.ts';
import { compareDepartment } from './compare-department.ts';
import { settledForeign } from './compare-units.ts';
import { settleAlone } from './automatic.ts';
import type { DriftContext } from './deps.ts';
import { UNIT_FIELDS } from './fields.ts';
import { ourMembers, ourUnits, personIdsOf } from './our-side.ts';
import { isAbsent } from './read-wecom.ts';
import { lookAgain, lookAtEverybody, type RecordRef } from './recheck.ts';
import { compareEverybody, DRIFT_ACTOR, nameAuthors } from './run.ts';
import { record, type Compared, type Source } from './store.ts';

/**
 * An event is a hint (D10): read the one record and compare. Our own writes are told apart by what was read, which
 * is then what we wrote or want, so their echo is no difference.
 */
export async function compareOne(ctx: DriftContext, ref: RecordRef, now: number): Promise<void> {
  const source = byEvent(ctx, ref.happenedAt);
  await (ref.type === 'member'
    ? lookAtMember(ctx, ref, source, now)
    : lookAtDepartment(ctx, ref, source, now));
  await settle(ctx, now);
}

/** After events about members whose existence or departments only user/list_id tells. */
export async function compareAll(ctx: DriftContext, happenedAt: number | null, now: number): Promise<void> {
  await compareEverybody(ctx, now, byEvent(ctx, happenedAt));
  await settle(ctx, now);
}

const byEvent = ({ sockets: { answeredHr } }: DriftContext, happenedAt: number | null): Source => ({
  foundBy: 'event',
  happenedAt,
  answeredHr,
});

async function settle(ctx: DriftContext, now: number): Promise<void> {
  await nameAuthors(ctx, now, now);
  await ctx.db.write(DRIFT_ACTOR, (tx) => settleAlone(ctx, tx));
}

async function lookAtMember(ctx: DriftContext, { id, happenedAt }: RecordRef, source: Source, now: number) {
  const answer = await reading(now, () => ctx.wecom.user.get(id));
  await ctx.db.write(DRIFT_ACTOR, async (tx) => {
    const details = 'value' in answer ? answer.value : null;
    const personId = (await personIdsOf(tx, [id])).get(id.toLowerCase());
    const our = personId === undefined ? undefined : (await ourMembers(ctx, tx, [personId])).get(personId);
    if (details) {
      const { unsure } = await compareDetails(ctx, tx, [details], source);
      lookAgain(tx, 'member', unsure);
    }
    const wrote = our?.written.department;
    const isElsewhere = !details || !our || !sameSet(details.department, Array.isArray(wrote) ? wrote : []);
    if (isElsewhere) lookAtEverybody(tx, happenedAt);
    else await record(tx, [{ ...personOf(our), fields: ['presence', 'department'], found: [] }], source);
  });
}

const personOf = ({ personId }: { personId: string }) =>
  ({ subjectType: 'person', subjectId: personId }) as const;

const sameSet = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

async function lookAtDepartment(ctx: DriftContext, { id }: RecordRef, source: Source, now: number) {
  const departmentId = Number(id);
  const answer = await reading(now, () => ctx.wecom.department.get(departmentId));
  // Not in the app's range: the next whole comparison tells existence and place.
  if ('refused' in answer && !isAbsent(answer)) return;
  const read = 'value' in answer ? answer.value : null;
  await ctx.db.write(DRIFT_ACTOR, async (tx) => {
    const unit = (await ourUnits(tx)).find((one) => one.departmentId === departmentId);
    if (unit?.desired && unit.written) {
      const found = read
        ? compareDepartment(read, unit.desired, unit.written)
        : [{ field: 'unitPresence' as const, ours: true, theirs: false }];
      const fields = read ? UNIT_FIELDS : (['unitPresence'] as const);
      if (unit.isFresh && found.length > 0) return lookAgain(tx, 'department', [id]);
      await record(tx, [{ subjectType: 'unit', subjectId: unit.unitId, fields, found }], source);
    } else if (!unit || unit.state === 'removed') {
      await record(tx, [read ? foreign(id, read) : settledForeign('department', id)], source);
    }
  });
}

const foreign = (id: string, { name, parentid }: { name: string; parentid: number }): Compared => ({
  subjectType: 'department',
  subjectId: id,
  fields: ['foreignDepartment'],
  found: [{ field: 'foreignDepartment', ours: null, theirs: { name, parentId: parentid } }],
});
