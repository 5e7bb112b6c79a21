import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { countsOf, countsOfWhole, UNREAD, type Unread } from './box-counts.ts';
import { bucketOf, describeDue } from '../../supervision/index.ts';
import type { Box, ItemsAnswer, ItemsQuery, TaskItem, InstanceStatus } from '../contract.ts';
import { STATUS_WORDS } from '../views/status.ts';
import { sortAtOf } from '../tables.ts';
import type { Template } from '../template/template.ts';
import { dayWords } from '../words.ts';

type Item = ItemsAnswer['items'][number];

export interface ListContext {
  readonly calendar: Calendar;
  /** Icon and hue of a template, from memory. */
  readonly look: (templateKey: string) => Pick<Template, 'icon' | 'hue'>;
}

/** What every box selects, and what only some do. */
interface ItemRow extends Unread {
  readonly id: string;
  readonly instanceId: string;
  readonly at: number;
  readonly title: string;
  readonly status: InstanceStatus;
  readonly templateKey: string;
  readonly applicantName: string;
  readonly applicantUnitName: string;
  readonly startsOn: string | null;
  readonly holderNames: string;
  readonly dueAt?: number | null;
  readonly provisional?: number | boolean;
  readonly taskStatus?: string;
  readonly stepId?: string;
  readonly behalfOfName?: string | null;
  readonly readAt?: number | null;
}

const INSTANCE_COLUMNS =
  'i.title, i.status, i.templateKey, i.applicantName, i.applicantUnitName, i.startsOn, i.holderNames';

interface BoxQuery {
  readonly select: string;
  readonly where: string;
  readonly sort: string;
  /** The value of `sort` in a row. */
  readonly sortAt: (row: ItemRow) => number;
  readonly newestFirst: boolean;
}

const newestFirst = { sortAt: (row: ItemRow) => row.at, newestFirst: true };

/** Each box: where its rows come from and what they are sorted by. Todo by due time, the others newest first. */
const BOXES: Readonly<Record<Box, BoxQuery>> = {
  todo: {
    select: `t.id, t.instanceId, t.stepId, t.behalfOfName, t.openedAt as at, t.dueAt, t.provisional, ${INSTANCE_COLUMNS}
      from approval_task t join approval_instance i on i.id = t.instanceId`,
    where: `t.personId = ? and t.status = 'pending'`,
    sort: 't.sortAt',
    sortAt: (row) => sortAtOf(row.dueAt ?? null),
    newestFirst: false,
  },
  done: {
    select: `t.id, t.instanceId, t.behalfOfName, t.status as taskStatus, t.closedAt as at, ${INSTANCE_COLUMNS}
      from approval_task t join approval_instance i on i.id = t.instanceId`,
    // R6: what somebody else's act closed was never handled by this person.
    where: `t.personId = ? and t.closedAt is not null and t.status in ('approved', 'rejected', 'transferred', 'sent_back', 'done', 'cannot', 'answered')`,
    sort: 't.closedAt',
    ...newestFirst,
  },
  mine: {
    select: `i.id, i.id as instanceId, i.submittedAt as at, ${INSTANCE_COLUMNS} from approval_instance i`,
    where: 'i.applicantId = ?',
    sort: 'i.submittedAt',
    ...newestFirst,
  },
  cc: {
    select: `c.id, c.instanceId, c.sentAt as at, c.readAt, ${INSTANCE_COLUMNS}
      from approval_copy c join approval_instance i on i.id = c.instanceId`,
    where: 'c.personId = ?',
    sort: 'c.sentAt',
    ...newestFirst,
  },
};

const ID_OF: Readonly<Record<Box, string>> = { todo: 't.id', done: 't.id', mine: 'i.id', cc: 'c.id' };

/** One page of a box, with the counts of all of them. */
export async function listItems(
  reads: Reads,
  ctx: ListContext,
  personId: string,
  query: ItemsQuery,
): Promise<ItemsAnswer> {
  const rows = await pageOf(reads, personId, query);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const items = shown.map((row) => itemOf(row, query.box, reads.now, ctx));
  const isWholeTodo = query.box === 'todo' && !query.cursor && !query.q && !last;
  return {
    items,
    next: last ? `${BOXES[query.box].sortAt(last)}.${last.id}` : null,
    // Most people's to-dos are one page, which is then its own count: a statement less.
    counts: isWholeTodo && rows[0] ? countsOfWhole(items, rows[0]) : await countsOf(reads, personId, rows[0]),
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

async function pageOf(reads: Reads, personId: string, query: ItemsQuery, also?: string): Promise<ItemRow[]> {
  const { select, where, sort, ...box } = BOXES[query.box];
  const idColumn = ID_OF[query.box];
  const clauses = also ? [where, also] : [where];
  const params: unknown[] = [personId, personId];
  if (query.q) {
    clauses.push(`i.searchText like ? escape '!'`);
    params.push(`%${query.q.toLowerCase().replace(/[!%_]/g, '!$&')}%`);
  }
  if (query.finished) clauses.push('i.finishedAt is not null');
  const templates = query.templates?.split(',').slice(0, 20) ?? [];
  if (templates.length > 0) {
    clauses.push(`i.templateKey in (${templates.map(() => '?').join(', ')})`);
    params.push(...templates);
  }
  const after = cursorOf(query.cursor);
  if (after) {
    const beyond = box.newestFirst ? '<' : '>';
    clauses.push(`(${sort} ${beyond} ? or (${sort} = ? and ${idColumn} ${beyond} ?))`);
    params.push(after.sortAt, after.sortAt, after.id);
  }
  const direction = box.newestFirst ? 'desc' : 'asc';
  return reads.em.query<ItemRow[]>(
    `select ${UNREAD} as unread, ${select} where ${clauses.join(' and ')}
     order by ${sort} ${direction}, ${idColumn} ${direction} limit ${query.limit + 1}`,
    params,
  );
}

/** People who hold an open task, by id, after the one given. */
export async function holdersAfter(reads: Reads, personId: string, limit: number): Promise<string[]> {
  const rows = await reads.em.query<{ personId: string }[]>(
    `select distinct personId from approval_task where status = 'pending' and personId > ? order by personId limit ${limit}`,
    [personId],
  );
  return rows.map((row) => row.personId);
}

/** Requests of which this person holds an open task, or somebody else one for them. */
export async function openRequestsOf(
  reads: Reads,
  personId: string,
  column: 'personId' | 'behalfOfId' = 'personId',
): Promise<string[]> {
  const rows = await reads.em.query<{ instanceId: string }[]>(
    `select distinct instanceId from approval_task where ${column} = ? and status in ('pending', 'waiting')
     order by instanceId`,
    [personId],
  );
  return rows.map((row) => row.instanceId);
}

/** Whether this person holds a task, or one of theirs was closed since then; whatever came of it. */
export async function heldTaskSince(reads: Reads, personId: string, since: number): Promise<boolean> {
  for (const where of [`status in ('pending', 'waiting')`, `closedAt >= ${String(since)}`]) {
    const rows = await reads.em.query<unknown[]>(
      `select id from approval_task where personId = ? and ${where} limit 1`,
      [personId],
    );
    if (rows.length > 0) return true;
  }
  return false;
}

/** How many open tasks these people hold together. */
export async function openTasksOf(reads: Reads, personIds: readonly string[]): Promise<number> {
  const slice = 500;
  let open = 0;
  for (let at = 0; at < personIds.length; at += slice) {
    const ids = personIds.slice(at, at + slice);
    const [row] = await reads.em.query<{ n: number | string }[]>(
      `select count(*) as n from approval_task where status = 'pending' and personId in (${ids.map(() => '?').join(', ')})`,
      [...ids],
    );
    open += Number(row?.n ?? 0);
  }
  return open;
}

function cursorOf(cursor: string | undefined): { sortAt: number; id: string } | null {
  const match = /^(\d{1,16})\.([0-9a-f]{32})$/.exec(cursor ?? '');
  return match?.[1] && match[2] ? { sortAt: Number(match[1]), id: match[2] } : null;
}

function itemOf(row: ItemRow, box: Box, now: number, ctx: ListContext): Item {
  const { dueAt = null, provisional } = row;
  const due = describeDue({ dueAt, provisional: Boolean(provisional) }, now, ctx.calendar);
  const item: TaskItem = {
    id: row.id,
    instanceId: row.instanceId,
    taskId: box === 'todo' || box === 'done' ? row.id : null,
    templateKey: row.templateKey,
    ...ctx.look(row.templateKey),
    title: row.title,
    who: row.applicantName,
    unitName: row.applicantUnitName,
    note: row.startsOn === null ? '' : `${dayWords(row.startsOn, dateOf(now))} 起`,
    due,
    state: stateOf(row, box),
    at: Number(row.at),
    ...(box === 'cc' ? { unread: row.readAt === null } : {}),
  };
  return { ...item, bucket: box === 'todo' ? bucketOf(due, now) : null };
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  approved: '我已同意',
  rejected: '我已拒绝',
  transferred: '我已转交',
  sent_back: '我已退回',
  done: '我已办理',
  cannot: '我未能办理',
  answered: '我已答复',
};

const forWords = ({ behalfOfName }: ItemRow, before: string, after: string): string =>
  behalfOfName ? `${before}${behalfOfName}${after}` : '';

function presentWords({ status, holderNames }: ItemRow): string {
  if (holderNames === '') return STATUS_WORDS[status];
  return status === 'running' ? `在${holderNames}处` : holderNames;
}

/** 已办 shows my decision and the present state; 我发起 shows the holder. */
function stateOf(row: ItemRow, box: Box): TaskItem['state'] {
  const code = row.status;
  const present = presentWords(row);
  // One's own request, sent back: it belongs to no step, and the request stands in the step's place.
  if (box === 'todo')
    return { code, words: row.stepId === row.instanceId ? '退回待修改' : forWords(row, '代 ', '') };
  if (box === 'done')
    return {
      code,
      words: `${DONE_WORDS[row.taskStatus ?? ''] ?? ''}${forWords(row, '（代 ', '）')} · ${present}`,
    };
  return { code, words: present };
}
