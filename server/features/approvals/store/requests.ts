import { notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { isUniqueViolation, saveAtTheEnd } from '../../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { holderOf } from '../views/holders.ts';
import { STATUS_WORDS, statusWords } from '../views/status.ts';
import { knownState, rememberState } from './known-states.ts';
import type { Decision, InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import { EventTable, InstanceTable, type InstanceRow, NumberTable } from '../tables.ts';

/** For reading. @throws notFound `approvals.not_visible` */
export async function loadInstance(reads: Reads, instanceId: string): Promise<InstanceRow> {
  const row = await reads.em.getRepository(InstanceTable).findOneBy({ id: instanceId });
  if (!row) throw notFound('approvals.not_visible');
  return row;
}

/** A request as a command needs it: what is decided on, and what saving it compares. */
export type ActedOn = Pick<
  InstanceRow,
  'id' | 'templateKey' | 'templateVersion' | 'state' | 'eventCount' | 'version'
>;

/** The request of a task as it is, without a lock. @throws notFound `approvals.not_visible` */
export const readInstanceOfTask = (reads: Reads, taskId: string): Promise<ActedOn> =>
  findForAct(reads, OF_TASK, taskId);

/**
 * For deciding: on MySQL the row is locked, so that two acts on one request wait for each other instead of
 * clashing at the save and running twice. On SQLite the gate does that already.
 * @throws notFound `approvals.not_visible`
 */
export const lockInstance = (tx: Tx, instanceId: string): Promise<ActedOn> =>
  findForAct(tx, 'id = ?', instanceId, LOCK[tx.dialect]);

/** The same by one of its tasks, in one statement. A task never changes its request. */
export const lockInstanceOfTask = (tx: Tx, taskId: string): Promise<ActedOn> =>
  findForAct(tx, OF_TASK, taskId, LOCK[tx.dialect]);

const OF_TASK = 'id = (select t.instanceId from approval_task t where t.id = ?)';
const LOCK = { sqlite: '', mysql: ' for update' } as const;

async function findForAct(reads: Reads, where: string, id: string, lock = ''): Promise<ActedOn> {
  const [row] = await reads.em.query<Omit<ActedOn, 'state'>[]>(
    `select id, templateKey, templateVersion, eventCount, version from approval_instance where ${where}${lock}`,
    [id],
  );
  if (!row) throw notFound('approvals.not_visible');
  return { ...row, state: await stateAt(reads, row) };
}

async function stateAt(reads: Reads, { id, version }: Omit<ActedOn, 'state'>): Promise<InstanceState> {
  const known = knownState(id, version);
  if (known) return known;
  const row = await loadInstance(reads, id);
  rememberState(id, row.version, row.state);
  return row.state;
}

/**
 * Requests of one applicant are made one after the other, so that each sees the days the others took (R39). On
 * SQLite the gate does that already.
 */
export async function lockApplicant(tx: Tx, personId: string): Promise<void> {
  if (tx.dialect !== 'mysql') return;
  // A row of one's own to wait at, really changed so that every MySQL locks it; no prefix and year look like an id.
  await tx.em.query(
    `insert into approval_number (id, lastNumber) values (?, 1)
     on duplicate key update lastNumber = lastNumber + 1`,
    [personId],
  );
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
  tx.afterCommit(() => rememberState(state.instanceId, 1, state));
}

const searchText = ({ title, number, applicant }: InstanceState): string =>
  [title, number, applicant.name, applicant.staffNo, applicant.unitName]
    .join(' ')
    .toLowerCase()
    .slice(0, 255);

/** A second act on it in one unit of work would not see the first, and fails: one act does all that belongs together. */
export function saveInstance(tx: Tx, row: ActedOn, decision: Decision): void {
  const { state, events } = decision;
  saveAtTheEnd(tx, InstanceTable, row, {
    state,
    status: state.status,
    holderNames: holderNames(state),
    finishedAt: state.finishedAt,
    eventCount: row.eventCount + events.length,
  });
  appendEvents(tx, row.id, row.eventCount, events);
  tx.afterCommit(() => rememberState(row.id, row.version + 1, state));
}

/** What lists and searches know of a request's content, after it was handed in again. */
export async function saveContent(tx: Tx, state: InstanceState, startsOn: string | null): Promise<void> {
  await tx.em.query('update approval_instance set title = ?, searchText = ?, startsOn = ? where id = ?', [
    state.title,
    searchText(state),
    startsOn,
    state.instanceId,
  ]);
}

/** Once it ended, how, where the status alone says it wrong: 办理 is never called an approval. */
function holderNames(state: InstanceState): string {
  const { status } = state;
  if (status === 'running') return (holderOf(state)?.names ?? []).join('、').slice(0, 255);
  const words = statusWords(state);
  return words === STATUS_WORDS[status] ? '' : words;
}

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

/**
 * The next number of a prefix in a year: QJ-2026-1183. Taken in a unit of work of its own, so that submitting
 * people do not wait for each other; a submit that fails afterwards leaves a gap, never a double.
 */
export async function nextNumber(db: Db, prefix: string, year: string): Promise<string> {
  const id = `${prefix}-${year}`;
  for (;;) {
    const taken = await db.raise(NumberTable, 'lastNumber', id);
    if (taken !== null) return `${id}-${String(taken).padStart(4, '0')}`;
    await db.insert(NumberTable, { id, lastNumber: 0 }).catch((error: unknown) => {
      // Somebody else began this year's count at the same moment.
      if (!isUniqueViolation(error)) throw error;
    });
  }
}
