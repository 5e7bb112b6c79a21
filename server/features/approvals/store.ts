import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows, isUniqueViolation, saveWithVersion, updateCount } from '../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { systemActor } from '../../kernel/actor.ts';
import { holderOf } from './describe.ts';
import type { Decision, InstanceEvent, InstanceState } from './model.ts';
import { EventTable, InstanceTable, type InstanceRow, NumberTable } from './tables.ts';

/** For reading. @throws notFound `approvals.not_visible` */
export async function loadInstance(reads: Reads, instanceId: string): Promise<InstanceRow> {
  const row = await reads.em.getRepository(InstanceTable).findOneBy({ id: instanceId });
  if (!row) throw notFound('approvals.not_visible');
  return row;
}

/** Is this person's own task closed already? False while it is open, unknown or somebody else's. */
export async function isClosedTask(reads: Reads, taskId: string, personId: string): Promise<boolean> {
  const [row] = await reads.em.query<{ status: string }[]>(
    'select status from approval_task where id = ? and personId = ?',
    [taskId, personId],
  );
  return row !== undefined && row.status !== 'pending';
}

/** States read for late taps: many people hold one 或签 step, and its document is long. */
const recent = new Map<string, { readonly version: number; readonly state: InstanceState }>();
const RECENT_MAX = 50;

/** The state of a task's request, read from the database only when it changed since the last time. */
export async function stateOfTask(reads: Reads, taskId: string): Promise<InstanceState> {
  const [row] = await reads.em.query<{ id: string; version: number }[]>(
    'select i.id, i.version from approval_instance i join approval_task t on t.instanceId = i.id where t.id = ?',
    [taskId],
  );
  if (!row) throw notFound('approvals.not_visible');
  const known = recent.get(row.id);
  if (known?.version === row.version) return known.state;
  const { state, version } = await loadInstance(reads, row.id);
  recent.delete(row.id);
  recent.set(row.id, { version, state });
  if (recent.size > RECENT_MAX) recent.delete(recent.keys().next().value ?? '');
  return state;
}

/**
 * For deciding: on MySQL the row is locked, so that two acts on one request wait for each other instead of
 * clashing at the save and running twice. On SQLite the gate does that already.
 * @throws notFound `approvals.not_visible`
 */
export const lockInstance = (tx: Tx, instanceId: string): Promise<InstanceRow> =>
  lockWhere(tx, 'i.id = :id', instanceId);

/** The same by one of its tasks, in one statement. A task never changes its request. */
export const lockInstanceOfTask = (tx: Tx, taskId: string): Promise<InstanceRow> =>
  lockWhere(tx, 'i.id = (select t.instanceId from approval_task t where t.id = :id)', taskId);

async function lockWhere(tx: Tx, where: string, id: string): Promise<InstanceRow> {
  const query = tx.em.getRepository(InstanceTable).createQueryBuilder('i').where(where, { id });
  const row = await (tx.dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getOne();
  if (!row) throw notFound('approvals.not_visible');
  return row;
}

/**
 * Requests of one applicant are made one after the other, so that each sees the days the others took (R39). On
 * SQLite the gate does that already.
 */
export async function lockApplicant(tx: Tx, personId: string): Promise<void> {
  if (tx.dialect !== 'mysql') return;
  // A row of one's own to wait at; no prefix and year look like a person's id.
  await insertRows(tx, NumberTable, [{ id: personId, lastNumber: 0 }], 'keep');
  await tx.em.query('select id from approval_number where id = ? for update', [personId]);
}

export function insertInstance(
  tx: Tx,
  clientKey: string,
  startsOn: string | null,
  { state, events }: Decision,
): void {
  tx.append(InstanceTable, {
    id: state.instanceId,
    requestNumber: state.number,
    templateKey: state.templateKey,
    templateVersion: state.templateVersion,
    applicantId: state.applicant.personId,
    applicantUnitId: state.applicant.unitId,
    applicantName: state.applicant.name.slice(0, 64),
    applicantUnitName: state.applicant.unitName.slice(0, 128),
    startsOn,
    holderNames: holderNames(state),
    clientKey,
    title: state.title,
    status: state.status,
    searchText: searchText(state),
    state,
    eventCount: events.length,
    submittedAt: state.submittedAt,
    finishedAt: state.finishedAt,
    version: 1,
  });
  appendEvents(tx, state.instanceId, 0, events);
}

const searchText = ({ title, number, applicant }: InstanceState): string =>
  [title, number, applicant.name, applicant.staffNo, applicant.unitName]
    .join(' ')
    .toLowerCase()
    .slice(0, 255);

/** @throws conflict `db.changed_meanwhile`; the unit of work is then run again. */
export async function saveInstance(tx: Tx, row: InstanceRow, decision: Decision): Promise<void> {
  const { state, events } = decision;
  await saveWithVersion(tx, InstanceTable, row, {
    state,
    status: state.status,
    holderNames: holderNames(state),
    finishedAt: state.finishedAt,
    eventCount: row.eventCount + events.length,
  });
  appendEvents(tx, row.id, row.eventCount, events);
}

const holderNames = (state: InstanceState): string => (holderOf(state)?.names ?? []).join('、').slice(0, 255);

function appendEvents(tx: Tx, instanceId: string, known: number, events: readonly InstanceEvent[]): void {
  events.forEach((content, index) => {
    tx.append(EventTable, {
      id: newId(),
      instanceId,
      seq: known + index + 1,
      type: content.type,
      happenedAt: content.at,
      byPersonId: content.by.personId,
      content,
    });
  });
}

/** The whole history of a request, for `replay` and for auditors. */
export async function historyOf(reads: Reads, instanceId: string): Promise<InstanceEvent[]> {
  const rows = await reads.em
    .getRepository(EventTable)
    .find({ where: { instanceId }, order: { seq: 'ASC' } });
  return rows.map((row) => row.content);
}

const numbering = systemActor('approvals.number');

/**
 * The next number of a prefix in a year: QJ-2026-1183. Taken in a unit of work of its own, so that submitting
 * people do not wait for each other; a submit that fails afterwards leaves a gap, never a double.
 */
export async function nextNumber(db: Db, prefix: string, year: string): Promise<string> {
  const id = `${prefix}-${year}`;
  for (;;) {
    const taken = await db.write(numbering, async (tx) => {
      const raised = await updateCount(
        tx.em,
        'update approval_number set lastNumber = lastNumber + 1 where id = ?',
        [id],
      );
      // Without the row in hand, what we read now would be the number somebody else has just taken.
      if (raised === 0) return null;
      const row = await tx.em.getRepository(NumberTable).findOneBy({ id });
      return row?.lastNumber ?? null;
    });
    if (taken !== null) return `${id}-${String(taken).padStart(4, '0')}`;
    await db.insert(NumberTable, { id, lastNumber: 0 }).catch((error: unknown) => {
      // Somebody else began this year's count at the same moment.
      if (!isUniqueViolation(error)) throw error;
    });
  }
}
