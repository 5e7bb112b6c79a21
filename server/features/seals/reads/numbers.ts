import { In } from 'typeorm';
import type { PersonActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, instantOf, timeOf } from '../../../kernel/dates.ts';
import { forbidden } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { everyPage, listFile, type SheetFile } from '../../../platform/sheets/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { contractDesk, type SealsContext } from '../context.ts';
import type {
  NumbersAnswer,
  NumbersExportQuery,
  NumbersQuery,
  NumberView,
  RulesAnswer,
  RuleView,
} from '../contract.ts';
import { render } from '../numbering.ts';
import { mustSee, reachOf, type Reach } from '../policy.ts';
import { NumberTable, RuleTable, type NumberRow, type RuleRow } from '../tables.ts';
import { countOf, likeOf } from './briefs.ts';
import { namedLike } from './ledger.ts';
import { manageable } from './register.ts';

/** Contract numbers: my own, or those I answer for; newest first. @throws forbidden `seals.not_yours` */
export async function listNumbers(
  ctx: SealsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit, box, ...wanted }: NumbersQuery,
): Promise<NumbersAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, contractDesk(ctx), actorId);
  if (box === 'all') mustSee(reach);
  const within = box === 'mine' ? { sql: 'applicantId = ?', params: [actorId] } : withinOf(reach);
  const asked = conditionOf(org, wanted);
  const sql = [within.sql, ...asked.parts].join(' and ');
  const params = [...within.params, ...asked.params];
  const found = await reads.em.query<{ id: string }[]>(
    `select id from contract_number where ${sql}${cursor === undefined ? '' : ' and id < ?'} order by id desc limit ${limit + 1}`,
    [...params, ...(cursor === undefined ? [] : [cursor])],
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await reads.em
    .getRepository(NumberTable)
    .find({ where: { id: In(ids) }, order: { id: 'desc' } });
  const rules = await reads.em.getRepository(RuleTable).find({ order: { id: 'asc' } });
  return {
    items: await viewsOf(reads, org, reach, rows, rules),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
    total: await countOf(reads, `contract_number where ${sql}`, params),
    rules: rules.map(({ id, name }) => ({ id, name })),
  };
}

const withinOf = (reach: Reach) =>
  reach.filter(
    'unitId',
    ({ sql }) => `ruleId in (select id from contract_number_rule where ${sql})`,
    'contract_number_rule.unitId',
    among,
  );

function conditionOf(
  org: OrgWithRoles,
  { state, ruleId, unitId, q, fromOn, toOn }: NumbersExportQuery,
): { parts: string[]; params: (string | number)[] } {
  const parts: string[] = [];
  const params: (string | number)[] = [];
  const add = (sql: string, ...values: readonly (string | number)[]): void => {
    parts.push(sql);
    params.push(...values);
  };
  if (state !== undefined) add('state = ?', state);
  if (ruleId !== undefined) add('ruleId = ?', ruleId);
  if (unitId !== undefined) add('unitId = ?', unitId);
  if (fromOn !== undefined) add('drawnAt >= ?', instantOf(fromOn));
  if (toOn !== undefined) add('drawnAt < ?', instantOf(addDays(toOn, 1)));
  if (q) {
    const like = likeOf(q);
    const people = among('applicantId', namedLike(org, q));
    add(
      `(number like ? escape '!' or title like ? escape '!' or counterparty like ? escape '!'
        or requestNumber like ? escape '!' or ${people.sql})`,
      like,
      like,
      like,
      like,
      ...people.params,
    );
  }
  return { parts, params };
}

async function viewsOf(
  reads: Reads,
  org: OrgWithRoles,
  reach: Reach,
  rows: readonly NumberRow[],
  rules: readonly RuleRow[],
): Promise<NumberView[]> {
  if (rows.length === 0) return [];
  const marks = rows.map(() => '?').join(', ');
  const uses = await reads.em.query<{ contractId: string; number: string }[]>(
    `select contractId, number from seal_use where state <> 'void' and contractId in (${marks}) order by id`,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const rule = rules.find(({ id }) => id === row.ruleId);
    const ofIt = uses.filter(({ contractId }) => contractId === row.id).map(({ number }) => number);
    return {
      numberId: row.id,
      number: row.number,
      ruleName: rule?.name ?? '',
      title: row.title,
      counterparty: row.counterparty,
      unitName: org.placeOf(row.unitId)?.name ?? '',
      applicant: { id: row.applicantId, name: org.person(row.applicantId)?.name ?? '' },
      requestId: row.requestId,
      requestNumber: row.requestNumber,
      drawnAt: row.drawnAt,
      state: row.state,
      endWords: row.endWords,
      version: row.version,
      canVoid:
        row.state === 'active' && ofIt.length === 0 && rule !== undefined && reach.manages(rule.unitId),
      uses: ofIt,
    };
  });
}

/** Rules I keep. @throws forbidden `seals.managers_only` */
export async function listRules(ctx: SealsContext, reads: Reads, actorId: string): Promise<RulesAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, contractDesk(ctx), actorId);
  if (!reach.managesSome) throw forbidden('seals.managers_only');
  const rows = await reads.em.getRepository(RuleTable).find({ order: { id: 'asc' } });
  const counted = await reads.em.query<{ ruleId: string; n: number | string }[]>(
    'select ruleId, count(*) as n from contract_number group by ruleId',
  );
  const year = Number(dateOf(reads.now).slice(0, 4));
  const viewOf = (row: RuleRow): RuleView => ({
    ruleId: row.id,
    name: row.name,
    pattern: row.pattern,
    example: render(row.pattern, {
      unitCode: org.unit(row.unitId)?.code ?? '',
      year,
      seq: 1,
    }),
    unit: { id: row.unitId, name: org.placeOf(row.unitId)?.name ?? '' },
    state: row.state,
    version: row.version,
    drawn: Number(counted.find(({ ruleId }) => ruleId === row.id)?.n ?? 0),
  });
  return {
    items: rows.filter(({ unitId }) => reach.manages(unitId)).map(viewOf),
    units: manageable(org, reach),
  };
}

const AT_ONCE = 100;

/** The same rows as the list (H1), bounded, on the record. */
export async function exportNumbers(
  ctx: SealsContext,
  actor: PersonActor,
  query: NumbersExportQuery,
): Promise<SheetFile> {
  const { items, rules, now } = await ctx.db.read(async (reads) => ({
    items: await everyPage((cursor) =>
      listNumbers(ctx, reads, actor.personId, { ...query, box: 'all', cursor, limit: AT_ONCE }),
    ),
    rules: await reads.em.getRepository(RuleTable).find(),
    now: reads.now,
  }));
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'seals.export_numbers',
      targetType: 'contract_number',
      targetId: query.ruleId ?? 'all',
      after: { ...query, rows: items.length },
    }),
  );
  return listFile(
    {
      title: '合同编号',
      asked: askedWords(query, rules),
      columns: [
        '合同编号',
        '编号规则',
        '合同名称',
        '对方单位',
        '部门',
        '申请人',
        '申请单号',
        '取号时间',
        '状态',
        '用印',
      ],
      rows: items.map((one) => [
        one.number,
        one.ruleName,
        one.title,
        one.counterparty,
        one.unitName,
        one.applicant.name,
        one.requestNumber,
        `${dateOf(one.drawnAt)} ${timeOf(one.drawnAt)}`,
        one.state === 'void' ? `作废：${one.endWords}` : '有效',
        one.uses.join('、'),
      ]),
    },
    actor.name,
    now,
  );
}

const STATES = { active: '有效', void: '作废' } as const;

const askedWords = (
  { state, ruleId, q, fromOn, toOn }: NumbersExportQuery,
  rules: readonly RuleRow[],
): string[] => [
  state === undefined ? '' : STATES[state],
  rules.find(({ id }) => id === ruleId)?.name ?? '',
  q ?? '',
  fromOn === undefined && toOn === undefined ? '' : `${fromOn ?? ''} 至 ${toOn ?? ''}`,
];
