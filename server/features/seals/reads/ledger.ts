import type { PersonActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, instantOf, timeOf } from '../../../kernel/dates.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { everyPage, listFile, type SheetFile } from '../../../platform/sheets/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { sealDesk, type SealsContext } from '../context.ts';
import type { LedgerAnswer, LedgerExportQuery, LedgerQuery, UseBrief } from '../contract.ts';
import { mustSee, reachOf } from '../policy.ts';
import { STATE_WORDS } from '../words.ts';
import { briefsOf, countOf, likeOf } from './briefs.ts';

const OUT = 'id in (select useId from seal_checkout where outKey is not null)';
const FIELDS = 'seal_use';

/** The ledger as far as I answer for it or keep its seals; newest first. @throws forbidden `seals.not_yours` */
export async function listLedger(
  ctx: SealsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit, ...wanted }: LedgerQuery,
): Promise<LedgerAnswer> {
  const org = await ctx.orgOf(reads);
  const within = await withinOf(ctx, reads, org, actorId);
  const asked = conditionOf(org, wanted);
  const sql = [within.sql, ...asked.parts].join(' and ');
  const params = [...within.params, ...asked.params];
  const found = await reads.em.query<{ id: string }[]>(
    `select id from seal_use where ${sql}${cursor === undefined ? '' : ' and id < ?'} order by id desc limit ${limit + 1}`,
    [...params, ...(cursor === undefined ? [] : [cursor])],
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  const count = (condition: string): Promise<number> =>
    countOf(reads, `${FIELDS} where ${condition} and ${within.sql}`, within.params);
  const seals = await reads.em.query<{ id: string; name: string }[]>(
    `select id, name from seal where id in (select sealId from seal_use where ${within.sql}) order by code`,
    [...within.params],
  );
  return {
    items: await briefsOf(ctx, reads, ids),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
    total: await countOf(reads, `${FIELDS} where ${sql}`, params),
    counts: {
      approved: await count(`state = 'approved'`),
      partly: await count(`state = 'partly'`),
      out: await count(OUT),
    },
    seals: seals.map(({ id, name }) => ({ id, name })),
  };
}

/** What I may see, as a condition on `seal_use`. @throws forbidden `seals.not_yours` */
async function withinOf(ctx: SealsContext, reads: Reads, org: OrgWithRoles, actorId: string) {
  const reach = reachOf(org, sealDesk(ctx), actorId);
  const kept = await reads.em.query<{ sealId: string }[]>(
    'select sealId from seal_keeper where personId = ? and untilAt is null order by id',
    [actorId],
  );
  if (kept.length === 0) mustSee(reach);
  const scoped = reach.filter(
    'unitId',
    ({ sql }) => `sealId in (select id from seal where ${sql})`,
    'seal.unitId',
    among,
  );
  const own = among(
    'sealId',
    kept.map(({ sealId }) => sealId),
  );
  return { sql: `(${scoped.sql} or ${own.sql})`, params: [...scoped.params, ...own.params] };
}

function conditionOf(
  org: OrgWithRoles,
  { state, sealId, unitId, q, fromOn, toOn }: LedgerExportQuery,
): { parts: string[]; params: (string | number)[] } {
  const parts: string[] = [];
  const params: (string | number)[] = [];
  const add = (sql: string, ...values: readonly (string | number)[]): void => {
    parts.push(sql);
    params.push(...values);
  };
  if (state === 'open') add(`state in ('approved', 'partly')`);
  else if (state === 'out') add(OUT);
  else if (state !== undefined) add('state = ?', state);
  if (sealId !== undefined) add('sealId = ?', sealId);
  if (unitId !== undefined) add('unitId = ?', unitId);
  if (fromOn !== undefined) add('openedAt >= ?', instantOf(fromOn));
  if (toOn !== undefined) add('openedAt < ?', instantOf(addDays(toOn, 1)));
  if (q) {
    const like = likeOf(q);
    const people = among('applicantId', namedLike(org, q));
    add(
      `(number like ? escape '!' or requestNumber like ? escape '!' or document like ? escape '!'
        or contractId in (select id from contract_number where number like ? escape '!') or ${people.sql})`,
      like,
      like,
      like,
      like,
      ...people.params,
    );
  }
  return { parts, params };
}

export const namedLike = (org: OrgWithRoles, q: string): string[] =>
  org
    .people()
    .filter(({ name, staffNo }) => name.includes(q) || staffNo === q)
    .map(({ personId }) => personId);

const AT_ONCE = 100;

/** The same rows as the list (H1), bounded, on the record. @throws refused `sheets.list_too_large` */
export async function exportLedger(
  ctx: SealsContext,
  actor: PersonActor,
  query: LedgerExportQuery,
): Promise<SheetFile> {
  const { items, asked, now } = await ctx.db.read(async (reads) => {
    const all = await everyPage((cursor) =>
      listLedger(ctx, reads, actor.personId, { ...query, cursor, limit: AT_ONCE }),
    );
    return { items: all, asked: await askedWords(ctx, reads, query), now: reads.now };
  });
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'seals.export',
      targetType: 'seal_ledger',
      targetId: query.sealId ?? 'all',
      after: { ...query, rows: items.length },
    }),
  );
  return listFile(
    {
      title: '用印台账',
      asked,
      columns: [
        '台账号',
        '印章',
        '文件',
        '申请人',
        '部门',
        '申请单号',
        '批准份数',
        '实盖份数',
        '状态',
        '批准时间',
        '办结时间',
      ],
      rows: items.map(cellsOf),
    },
    actor.name,
    now,
  );
}

const moment = (at: number | null): string => (at === null ? '' : `${dateOf(at)} ${timeOf(at)}`);

const cellsOf = (one: UseBrief): string[] => [
  one.number,
  one.sealName,
  one.document,
  one.applicant.name,
  one.unitName,
  one.requestNumber,
  String(one.approvedCopies),
  String(one.stampedCopies),
  one.stateWords,
  moment(one.openedAt),
  moment(one.closedAt),
];

async function askedWords(
  ctx: SealsContext,
  reads: Reads,
  { state, sealId, unitId, q, fromOn, toOn }: LedgerExportQuery,
): Promise<string[]> {
  const org = await ctx.orgOf(reads);
  const [seal] =
    sealId === undefined
      ? []
      : await reads.em.query<{ name: string }[]>('select name from seal where id = ?', [sealId]);
  const states = { ...STATE_WORDS, open: '未办结', out: '外借中' };
  return [
    state === undefined ? '' : states[state],
    seal?.name ?? '',
    unitId === undefined ? '' : (org.unit(unitId)?.name ?? ''),
    q ?? '',
    fromOn === undefined && toOn === undefined ? '' : `${fromOn ?? ''} 至 ${toOn ?? ''}`,
  ];
}
