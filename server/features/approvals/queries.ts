import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import { addDays, dateOf, instantOf } from '../../kernel/dates.ts';
import { bucketOf, describeDue } from '../supervision/index.ts';
import type { Box, ItemsAnswer, ItemsQuery, TaskItem } from './contract.ts';
import { STATUS_WORDS } from './describe.ts';
import type { Template } from './template.ts';
import { dateWords } from './words.ts';
import type { InstanceStatus } from './contract.ts';

type Item = ItemsAnswer['items'][number];

export interface ListContext {
  readonly calendar: Calendar;
  /** Icon and hue of a template, from memory. */
  readonly look: (templateKey: string) => Pick<Template, 'icon' | 'hue'>;
}

interface ItemRow {
  readonly id: string;
  readonly instanceId: string;
  readonly taskId: string | null;
  readonly taskStatus: string | null;
  readonly at: number;
  readonly dueAt: number | null;
  readonly provisional: number | boolean | null;
  readonly readAt: number | null;
  readonly title: string;
  readonly status: InstanceStatus;
  readonly templateKey: string;
  readonly applicantName: string;
  readonly applicantUnitName: string;
  readonly startsOn: string | null;
  readonly holderNames: string;
  readonly sortAt: number;
}

const INSTANCE_COLUMNS =
  'i.title, i.status, i.templateKey, i.applicantName, i.applicantUnitName, i.startsOn, i.holderNames';
/** Without a clock a task comes after all that have one; the value sorts last on every dialect. */
const NEVER = 9_000_000_000_000_000;

/** Each box: where its rows come from and what they are sorted by. Todo by due time, the others newest first. */
const BOXES: Readonly<Record<Box, { select: string; where: string; sort: string; newestFirst: boolean }>> = {
  todo: {
    select: `t.id, t.instanceId, t.id as taskId, t.status as taskStatus, t.openedAt as at, t.dueAt, t.provisional,
      null as readAt, coalesce(t.dueAt, ${NEVER}) as sortAt, ${INSTANCE_COLUMNS}
      from approval_task t join approval_instance i on i.id = t.instanceId`,
    where: `t.personId = ? and t.status = 'pending'`,
    sort: `coalesce(t.dueAt, ${NEVER})`,
    newestFirst: false,
  },
  done: {
    select: `t.id, t.instanceId, t.id as taskId, t.status as taskStatus, t.closedAt as at, null as dueAt,
      null as provisional, null as readAt, t.closedAt as sortAt, ${INSTANCE_COLUMNS}
      from approval_task t join approval_instance i on i.id = t.instanceId`,
    // R6: what somebody else's act closed was never handled by this person.
    where: `t.personId = ? and t.closedAt is not null and t.status in ('approved', 'rejected', 'transferred')`,
    sort: 't.closedAt',
    newestFirst: true,
  },
  mine: {
    select: `i.id, i.id as instanceId, null as taskId, null as taskStatus, i.submittedAt as at, null as dueAt,
      null as provisional, null as readAt, i.submittedAt as sortAt, ${INSTANCE_COLUMNS} from approval_instance i`,
    where: 'i.applicantId = ?',
    sort: 'i.submittedAt',
    newestFirst: true,
  },
  cc: {
    select: `c.id, c.instanceId, null as taskId, null as taskStatus, c.sentAt as at, null as dueAt,
      null as provisional, c.readAt, c.sentAt as sortAt, ${INSTANCE_COLUMNS}
      from approval_copy c join approval_instance i on i.id = c.instanceId`,
    where: 'c.personId = ?',
    sort: 'c.sentAt',
    newestFirst: true,
  },
};

const ID_OF: Readonly<Record<Box, string>> = { todo: 't.id', done: 't.id', mine: 'i.id', cc: 'c.id' };

/** One page of a box with the counts of all of them. */
export async function listItems(
  reads: Reads,
  ctx: ListContext,
  personId: string,
  query: ItemsQuery,
): Promise<ItemsAnswer> {
  const { rows, counts } = await pageWithCounts(reads, personId, query);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => itemOf(row, query.box, reads.now, ctx)),
    next: last ? `${last.sortAt}.${last.id}` : null,
    counts,
  };
}

/** The most urgent to-dos, for the home page. */
export async function mostUrgent(
  reads: Reads,
  ctx: ListContext,
  personId: string,
  limit: number,
): Promise<Item[]> {
  const rows = await pageOf(reads, personId, { box: 'todo', limit: limit - 1 });
  return rows.slice(0, limit).map((row) => itemOf(row, 'todo', reads.now, ctx));
}

/** The person's own requests under way, newest first. */
export async function ownRunning(
  reads: Reads,
  ctx: ListContext,
  personId: string,
  limit: number,
): Promise<Item[]> {
  const rows = await pageOf(reads, personId, { box: 'mine', limit: limit - 1 }, `i.status = 'running'`);
  return rows.slice(0, limit).map((row) => itemOf(row, 'mine', reads.now, ctx));
}

interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

async function pageOf(reads: Reads, personId: string, query: ItemsQuery, also?: string): Promise<ItemRow[]> {
  const { sql, params } = pageStatement(personId, query, also);
  return reads.em.query<ItemRow[]>(sql, [...params]);
}

/** The page beside the one row of counts: a round trip to the database costs more than either. */
async function pageWithCounts(
  reads: Reads,
  personId: string,
  query: ItemsQuery,
): Promise<{ rows: ItemRow[]; counts: ItemsAnswer['counts'] }> {
  const page = pageStatement(personId, query);
  const counts = countsStatement(personId, reads.now);
  const direction = BOXES[query.box].newestFirst ? 'desc' : 'asc';
  const found = await reads.em.query<(ItemRow & CountsRow)[]>(
    `select k.*, p.* from (${counts.sql}) k left join (${page.sql}) p on 1 = 1
     order by p.sortAt ${direction}, p.id ${direction}`,
    [...counts.params, ...page.params],
  );
  // An empty page still brings its counts.
  const rows = found.filter((row) => (row.id as string | null) !== null);
  return { rows, counts: readCounts(found[0]) };
}

function pageStatement(personId: string, query: ItemsQuery, also?: string): Statement {
  const { select, where, sort, newestFirst } = BOXES[query.box];
  const idColumn = ID_OF[query.box];
  const clauses = also ? [where, also] : [where];
  const params: unknown[] = [personId];
  if (query.q) {
    clauses.push(`i.searchText like ? escape '!'`);
    params.push(`%${query.q.toLowerCase().replace(/[!%_]/g, '!$&')}%`);
  }
  const after = cursorOf(query.cursor);
  if (after) {
    const beyond = newestFirst ? '<' : '>';
    clauses.push(`(${sort} ${beyond} ? or (${sort} = ? and ${idColumn} ${beyond} ?))`);
    params.push(after.sortAt, after.sortAt, after.id);
  }
  const direction = newestFirst ? 'desc' : 'asc';
  return {
    sql: `select ${select} where ${clauses.join(' and ')}
      order by ${sort} ${direction}, ${idColumn} ${direction} limit ${query.limit + 1}`,
    params,
  };
}

/** People who hold an open task, by id, after the one given. */
export async function holdersAfter(reads: Reads, personId: string, limit: number): Promise<string[]> {
  const rows = await reads.em.query<{ personId: string }[]>(
    `select distinct personId from approval_task where status = 'pending' and personId > ? order by personId limit ${limit}`,
    [personId],
  );
  return rows.map((row) => row.personId);
}

function cursorOf(cursor: string | undefined): { sortAt: number; id: string } | null {
  const match = /^(\d{1,16})\.([0-9a-f]{32})$/.exec(cursor ?? '');
  return match?.[1] && match[2] ? { sortAt: Number(match[1]), id: match[2] } : null;
}

type CountsRow = Readonly<Record<'nTodo' | 'nOverdue' | 'nToday' | 'nCc', number | string | null>>;

/** How many to-dos and unread copies, and how urgent (as `bucketOf` says), in one row. One index range each. */
export async function countsOf(reads: Reads, personId: string): Promise<ItemsAnswer['counts']> {
  const { sql, params } = countsStatement(personId, reads.now);
  const [row] = await reads.em.query<CountsRow[]>(sql, [...params]);
  return readCounts(row);
}

function countsStatement(personId: string, now: number): Statement {
  const midnight = instantOf(addDays(dateOf(now), 1));
  return {
    sql: `select count(*) as nTodo,
        sum(case when dueAt <= ? and provisional = 0 then 1 else 0 end) as nOverdue,
        sum(case when dueAt <= ? and (dueAt > ? or provisional = 1) then 1 else 0 end) as nToday,
        (select count(*) from approval_copy where personId = ? and readAt is null) as nCc
      from approval_task where personId = ? and status = 'pending'`,
    params: [now, midnight, now, personId, personId],
  };
}

function readCounts(row: CountsRow | undefined): ItemsAnswer['counts'] {
  const todo = Number(row?.nTodo ?? 0);
  const overdue = Number(row?.nOverdue ?? 0);
  const today = Number(row?.nToday ?? 0);
  return { todo, overdue, today, later: todo - overdue - today, cc: Number(row?.nCc ?? 0) };
}

function itemOf(row: ItemRow, box: Box, now: number, ctx: ListContext): Item {
  const due = describeDue({ dueAt: row.dueAt, provisional: Boolean(row.provisional) }, now, ctx.calendar);
  const item: TaskItem = {
    id: row.id,
    instanceId: row.instanceId,
    taskId: row.taskId,
    templateKey: row.templateKey,
    ...ctx.look(row.templateKey),
    title: row.title,
    who: row.applicantName,
    unitName: row.applicantUnitName,
    note: row.startsOn === null ? '' : `${dateWords(row.startsOn, dateOf(now)).split(' ')[0]} 起`,
    due,
    state: stateOf(row, box),
    at: Number(row.at),
    ...(box === 'cc' ? { unread: row.readAt === null } : {}),
  };
  return { ...item, bucket: box === 'todo' ? bucketOf({ ...due }, now) : null };
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  approved: '我已同意',
  rejected: '我已拒绝',
  transferred: '我已转交',
};

/** 已办 shows my decision and the present state; 我发起 shows the holder. */
function stateOf(row: ItemRow, box: Box): TaskItem['state'] {
  const code = row.status;
  const present =
    code === 'running' && row.holderNames !== '' ? `在${row.holderNames}处` : STATUS_WORDS[code];
  if (box === 'todo') return { code, words: '' };
  if (box === 'done') return { code, words: `${DONE_WORDS[row.taskStatus ?? ''] ?? ''} · ${present}` };
  return { code, words: present };
}
