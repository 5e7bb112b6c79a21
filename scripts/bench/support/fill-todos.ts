import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { App } from '../../../server/app.ts';
import { openTasks, type StoryBook, submitStory } from './story.ts';

export const PEOPLE = 1_000;

export interface Filling {
  /** Tasks of each of the people, an even number; two of them make a request. */
  readonly perPerson: number;
  /** How many of them are open; the rest was approved. */
  readonly pendingPerPerson: number;
  /** Only what lists read: requests, tasks and copies. */
  readonly isLean?: boolean;
}

/** How much there is, and which tasks are open. Task n belongs to person n % 1000 and is that person's floor(n / 1000)th. */
class Amounts {
  readonly tasks: number;
  readonly requests: number;
  readonly #firstPending: number;

  constructor({ perPerson, pendingPerPerson }: Filling) {
    this.tasks = perPerson * PEOPLE;
    this.requests = this.tasks / 2;
    this.#firstPending = perPerson - pendingPerPerson;
  }

  /** SQL: is task `n` open? */
  isOpen = (n: string) => `floor(${n} / ${PEOPLE}) >= ${this.#firstPending}`;
  /** SQL: the id of the request of task `n`. */
  requestOf = (n: string) => idOf('1', `(${n} % ${this.requests})`);
  /** SQL: is request `n` under way? */
  isRunning = (n: string) => `(${this.isOpen(n)} or ${this.isOpen(`(${n} + ${this.requests})`)})`;
}

/**
 * Tasks of 1,000 people in requests of two tasks each, multiplied by bulk SQL from one request that was really made:
 * requests, tasks, clocks, cards, events and copies, all pointing at each other. Due times spread from two days late to
 * twelve days ahead.
 */
export async function fillTodos(
  app: App,
  book: StoryBook,
  sql: Connection,
  filling: Filling,
): Promise<string[]> {
  const instanceId = await submitStory(app, book, 0);
  const [task] = await openTasks(app, instanceId);
  await fillPeople(sql);
  const amounts = new Amounts(filling);
  await fillNumbers(sql, amounts.tasks);
  const model = { instance: instanceId, task: task?.taskId ?? '' };
  const lists = [...listedRequests(model, amounts), ...listedTasks(model, amounts)];
  const rest = filling.isLean ? [] : unlisted(model, amounts);
  for (const statement of [...lists, ...rest]) await sql.query(statement);
  await sql.query('analyze table approval_instance, approval_task, approval_copy');
  const [people] = await sql.query<RowDataPacket[]>('select id from bench_person order by n');
  return people.map((row) => String(row.id));
}

/** The demo college's people once more, under new numbers, until there are a thousand. */
async function fillPeople(sql: Connection): Promise<void> {
  const [columns] = await sql.query<RowDataPacket[]>('show columns from person');
  const names = columns.map((column) => String(column.Field));
  const renamed: Record<string, string> = {
    id: `concat('b', substr(id, 2))`,
    staffNo: `concat('b', staffNo)`,
    userid: `concat('b', userid)`,
    useridKey: `concat('b', useridKey)`,
    mobilePrint: 'null',
  };
  await sql.query(
    `insert into person (${names.join(', ')}) select ${names.map((name) => renamed[name] ?? name).join(', ')}
     from person order by id limit ${PEOPLE - 600}`,
  );
  await sql.query(`create table bench_person (n int primary key, id varchar(32) collate utf8mb4_bin)`);
  await sql.query(
    `insert into bench_person select row_number() over (order by id) - 1, id from person order by id limit ${PEOPLE}`,
  );
}

async function fillNumbers(sql: Connection, most: number): Promise<void> {
  await sql.query('create table bench_number (n int primary key)');
  await sql.query('insert into bench_number values (0)');
  for (let count = 1; count < most; count *= 2) {
    const rest = Math.min(count, most - count);
    await sql.query(`insert into bench_number select n + ${count} from bench_number where n < ${rest}`);
  }
}

/** 32 digits, ascending with n as real ids do. */
const idOf = (kind: string, n: string) => `concat('${kind}', lpad(${n}, 15, '0'), left(md5(${n}), 16))`;
interface Model {
  readonly instance: string;
  readonly task: string;
}

function listedRequests({ instance }: Model, { requests, isRunning }: Amounts): string[] {
  const running = isRunning('b.n');
  return [
    `insert into approval_instance (id, requestNumber, templateKey, templateVersion, applicantId, applicantUnitId,
       applicantName, applicantUnitName, startsOn, holderNames, clientKey, title, status, searchText, state, eventCount,
       submittedAt, finishedAt, version)
     select ${idOf('1', 'b.n')}, concat('QJ-2025-', b.n), templateKey, templateVersion, p.id, applicantUnitId,
       applicantName, applicantUnitName, startsOn, if(${running}, holderNames, ''), concat('bench-', b.n), title,
       if(${running}, 'running', 'approved'), searchText, state, eventCount, submittedAt - b.n * 1000,
       if(${running}, null, submittedAt), version
     from approval_instance i join bench_number b on b.n < ${requests} join bench_person p on p.n = (b.n * 7 + 3) % ${PEOPLE}
     where i.id = '${instance}'`,
    `insert into approval_copy (id, instanceId, personId, sentAt, readAt)
     select ${idOf('5', 'b.n')}, ${idOf('1', 'b.n')}, p.id, 1760000000000 + b.n, if(b.n % 10 = 0, null, 1760000000001)
     from bench_number b join bench_person p on p.n = (b.n * 13 + 5) % ${PEOPLE}
     where b.n < ${requests} and not ${running}`,
  ];
}

const EACH_TASK = `join bench_number b join bench_person p on p.n = b.n % ${PEOPLE}`;
const DUE_AT = 'dueAt + (floor(b.n / 1000) * 7919 + b.n) % 2016 * 600000 - 172800000';

function listedTasks({ task }: Model, { requestOf, isOpen }: Amounts): string[] {
  const open = isOpen('b.n');
  return [
    `insert into approval_task (id, instanceId, stepId, personId, status, openedAt, closedAt, dueAt, sortAt, provisional)
     select ${idOf('2', 'b.n')}, ${requestOf('b.n')}, stepId, p.id, if(${open}, 'pending', 'approved'),
       openedAt - b.n * 1000, if(${open}, null, openedAt), ${DUE_AT}, ${DUE_AT}, provisional
     from approval_task t ${EACH_TASK} where t.id = '${task}'`,
  ];
}

/** Events, clocks and cards: what else there is of each request and task. */
function unlisted({ instance, task }: Model, { requests, requestOf, isOpen }: Amounts): string[] {
  const open = isOpen('b.n');
  return [
    `insert into approval_event (id, instanceId, seq, type, happenedAt, byPersonId, content)
     select concat('4', lpad(b.n, 15, '0'), lpad(seq, 16, '0')), ${idOf('1', 'b.n')}, seq, type, happenedAt, byPersonId, content
     from approval_event e join bench_number b on b.n < ${requests} where e.instanceId = '${instance}'`,
    `insert into obligation select ${idOf('6', 'b.n')}, kind, subjectType, ${requestOf('b.n')}, ${idOf('2', 'b.n')}, title,
       path, p.id, holderUnitId, budget, rungPlan, openedAt, runningSinceAt, consumedMs, consumedDays, pausedReason, ${DUE_AT},
       firstDueAt, provisional, if(${open}, 'open', 'closed'), if(${open}, null, openedAt),
       if(${open}, null, 'approved'), breachedAt, breachPersonId, breachUnitId, rungLevel,
       if(${open}, nextCheckAt + 8640000000, null), version
     from obligation o ${EACH_TASK} where o.stepRef = '${task}'`,
    `insert into message (id, kind, personId, subjectType, subjectId, ref, content, state, createdAt, sentAt)
     select ${idOf('7', 'b.n')}, kind, p.id, subjectType, ${requestOf('b.n')}, ${idOf('2', 'b.n')}, content, 'sent',
       createdAt, createdAt
     from message m ${EACH_TASK} where m.ref = '${task}'`,
  ];
}
