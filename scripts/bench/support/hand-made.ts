import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import type { App } from '../../../server/app.ts';
import type { ManualClock } from '../../../server/kernel/clock.ts';
import { newId } from '../../../server/kernel/id.ts';
import { approve, openTasks, submitStory, type StoryBook } from './story.ts';

type Row = Record<string, unknown>;

/** What one command wrote: new rows by table, the request's new state, and the task it closed. */
interface Act {
  readonly inserts: ReadonlyMap<string, readonly Row[]>;
  readonly instance: Row;
  readonly closed: Closed | null;
}

/** The task decided, its clock and its card, as they were afterwards. */
interface Closed {
  readonly task: Row;
  readonly obligation: Row;
  readonly message: Row;
}

/** One story as rows, to be written again and again by plain SQL. */
export type RecordedStory = readonly Act[];

/** Tables a story adds rows to, with the column that says when and the one that says whose. */
const GROWING = [
  { table: 'approval_event', at: 'happenedAt' },
  { table: 'approval_task', at: 'openedAt' },
  { table: 'approval_copy', at: 'sentAt' },
  { table: 'obligation', at: 'openedAt' },
  { table: 'message', at: 'createdAt' },
  { table: 'job', at: 'createdAt' },
  { table: 'audit_entry', at: 'at' },
] as const;

const STEP_MS = 1000;

/** Tell one story through the commands, a second apart, in an otherwise silent database, and note its rows. */
export async function recordStory(
  app: App,
  clock: ManualClock,
  book: StoryBook,
  pool: Pool,
): Promise<RecordedStory> {
  const acts: Act[] = [];
  const note = async (instanceId: string) => {
    acts.push(await noteAct(pool, instanceId, clock.now()));
    clock.advance(STEP_MS);
  };
  clock.advance(STEP_MS);
  const instanceId = await submitStory(app, book, book.size - 1);
  let waiting = await openTasks(app, instanceId);
  await note(instanceId);
  for (let [task] = waiting; task; [task] = waiting) {
    waiting = await approve(app, task);
    await note(instanceId);
  }
  return acts;
}

async function noteAct(pool: Pool, instanceId: string, at: number): Promise<Act> {
  const rows = async (sql: string, params: unknown[]): Promise<Row[]> =>
    (await pool.query<RowDataPacket[]>(sql, params))[0];
  const inserts = new Map<string, Row[]>();
  for (const { table, at: column } of GROWING) {
    const found = await rows(`select * from ${table} where \`${column}\` = ?`, [at]);
    if (found.length > 0) inserts.set(table, found);
  }
  const [instance] = await rows('select * from approval_instance where id = ?', [instanceId]);
  if (!instance) throw new Error('the story left no request');
  const [task] = await rows('select * from approval_task where closedAt = ?', [at]);
  if (!task) return { inserts, instance, closed: null };
  const [obligation] = await rows('select * from obligation where stepRef = ?', [task.id]);
  const [message] = await rows(`select * from message where ref = ? and kind = 'approvals.task'`, [task.id]);
  if (!obligation || !message) throw new Error('a decision closed no clock or no card');
  return { inserts, instance, closed: { task, obligation, message } };
}

/** The same rows with new ids, in the same number of transactions: one for the number, one for each act. */
export async function writeStory(pool: Pool, story: RecordedStory): Promise<void> {
  const fresh = freshIds(story);
  const connection = await pool.getConnection();
  try {
    const number = await inTransaction(connection, () => takeNumber(connection));
    for (const [step, act] of story.entries()) {
      await inTransaction(connection, async () => {
        if (step === 0)
          await insert(connection, 'approval_instance', [numbered(act.instance, number)], fresh);
        else await closeAndSave(connection, act, fresh);
        for (const [table, rows] of act.inserts) await insert(connection, table, rows, fresh);
      });
    }
  } finally {
    connection.release();
  }
}

/** Run again after a deadlock, as the product does. */
async function inTransaction<T>(connection: PoolConnection, work: () => Promise<T>): Promise<T> {
  for (;;) {
    await connection.query('start transaction');
    try {
      const result = await work();
      await connection.query('commit');
      return result;
    } catch (error) {
      await connection.query('rollback');
      if ((error as { code?: string }).code !== 'ER_LOCK_DEADLOCK') throw error;
    }
  }
}

async function takeNumber(connection: PoolConnection): Promise<number> {
  await connection.query(`update approval_number set lastNumber = lastNumber + 1 where id = 'QJ-2026'`);
  const [rows] = await connection.query<RowDataPacket[]>(
    `select lastNumber from approval_number where id = 'QJ-2026'`,
  );
  return Number(rows[0]?.lastNumber);
}

const numbered = (row: Row, number: number): Row => ({
  ...row,
  requestNumber: `QJ-2026-${number}`,
  clientKey: newId(),
});

/** By primary key: whoever writes by hand knows the ids. */
async function closeAndSave(connection: PoolConnection, { instance, closed }: Act, fresh: Fresh) {
  const { state, status, holderNames, finishedAt, eventCount, version } = instance;
  await connection.query(
    `update approval_instance set state = ?, status = ?, holderNames = ?, finishedAt = ?, eventCount = ?, version = ?
     where id = ?`,
    [state, status, holderNames, finishedAt, eventCount, version, fresh(instance.id)],
  );
  if (!closed) return;
  const { task, obligation, message } = closed;
  await connection.query('update approval_task set status = ?, closedAt = ? where id = ?', [
    task.status,
    task.closedAt,
    fresh(task.id),
  ]);
  await connection.query(
    `update obligation set state = 'closed', closedAt = ?, outcome = ?, nextCheckAt = null, version = ? where id = ?`,
    [obligation.closedAt, obligation.outcome, obligation.version, fresh(obligation.id)],
  );
  await connection.query('update message set finalWords = ? where id = ?', [
    message.finalWords,
    fresh(message.id),
  ]);
}

async function insert(connection: PoolConnection, table: string, rows: readonly Row[], fresh: Fresh) {
  const columns = Object.keys(rows[0] ?? {});
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map((name) => `\`${name}\``).join(', ');
  // A job that many acts ask for is one job: in 企业微信's tile a person's numbers are shown once for all of them.
  const keep = table === 'job' ? ' on duplicate key update id = id' : '';
  await connection.query(
    `insert into ${table} (${names}) values ${rows.map(() => tuple).join(', ')}${keep}`,
    rows.flatMap((row) => columns.map((name) => fresh(row[name]))),
  );
}

type Fresh = (value: unknown) => unknown;

/** Ids made by the story become new ones wherever they stand in short columns; documents keep their bytes. */
function freshIds(story: RecordedStory): Fresh {
  const own = story.flatMap(({ inserts }) => [...inserts.values()].flat().map((row) => String(row.id)));
  const ids = new Map([...own, String(story[0]?.instance.id)].map((id) => [id, newId()]));
  return (value) =>
    typeof value === 'string' && value.length >= 32 && value.length <= 128
      ? value.replaceAll(/[0-9a-f]{32}/g, (id) => ids.get(id) ?? id)
      : value;
}
