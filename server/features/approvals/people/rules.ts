/**
 * The registered assignee rules. Adding one: a function here, its arguments in template/assignee.ts, a row in
 * ASSIGNEE_RULES. The `why` of each candidate completes "为什么是…审批".
 */
import type { CalendarDate } from '../../../kernel/dates.ts';
import {
  isActive,
  unitChain,
  worksUnder,
  type Org,
  type OrgAssignment,
  type OrgUnit,
  type RoleHolder,
} from '../model/org.ts';
import type { AssigneeRule, Candidate, ResolveContext, Resolution } from '../template/assignee.ts';

/** R19, R20: head of the applicant's unit (level 1) or of the nth unit upward. */
export const unitHead: AssigneeRule<'unitHead'> = {
  code: 'unitHead',
  title: '部门负责人',
  resolve(args, label, ctx) {
    const units = chainAboveApplicant(ctx, args.of);
    const unit = units[args.level - 1];
    if (unit === undefined) return nobody(`没有第 ${args.level} 级上级部门`);
    const { heads, outranked } = headsFor(unit, ctx);
    if (heads.length > 0) {
      const taken = args.take === 'first' ? heads.slice(0, 1) : heads;
      return { people: taken.map((head) => asHead(head, unit, ctx.org)), missing: null };
    }
    return outranked ? oneLevelUp(units[args.level], label, ctx) : nobody(`${unit.name}没有可审批的负责人`);
  },
};

/**
 * Head of a certain unit, whoever applies: the unit that answers for the matter. A head of it goes one level up
 * (R17); at the top nobody stands above, so those who lead the institution together decide for one another.
 */
export const headOfUnit: AssigneeRule<'headOfUnit'> = {
  code: 'headOfUnit',
  title: '主管单位负责人',
  resolve(args, label, ctx) {
    const [unit, above] = unitChain(ctx.org, ctx.org.unitByCode(args.unit)?.unitId ?? '');
    if (unit === undefined) return nobody(`通讯录里没有编号为 ${args.unit} 的单位`);
    const { heads, outranked } = headsFor(unit, ctx);
    if (heads.length === 0 && outranked)
      return above === undefined ? besides(unit, label, ctx) : oneLevelUp(above, label, ctx);
    if (heads.length === 0) return nobody(`${unit.name}没有可审批的负责人`);
    const taken = args.take === 'first' ? heads.slice(0, 1) : heads;
    return { people: taken.map((head) => asHead(head, unit, ctx.org)), missing: null };
  },
};

/**
 * Heads from the first level up to the given one (or the top), lowest first. A level without a head is made up for
 * by the next one above; without one above the chain is incomplete and fails closed.
 */
export const managerChain: AssigneeRule<'managerChain'> = {
  code: 'managerChain',
  title: '连续多级上级',
  resolve(args, label, ctx) {
    const units = chainAboveApplicant(ctx, args.of);
    const wanted = Math.min(args.upTo, units.length);
    const people: Candidate[] = [];
    let reached = 0;
    for (const [index, unit] of units.entries()) {
      if (reached >= wanted) break;
      const head = headsFor(unit, ctx).heads[0];
      if (head === undefined) continue;
      reached = index + 1;
      // One person may head two levels: one seat, not two decisions in a row.
      if (!people.some((c) => c.personId === head.personId)) people.push(asHead(head, unit, ctx.org));
    }
    return wanted > 0 && reached >= wanted
      ? { people, missing: null }
      : { people, missing: `${label}缺少上一级负责人` };
  },
};

/** Holder of a role for the applicant's unit (nearest unit upward that has one) or for the whole school. */
export const roleInScope: AssigneeRule<'roleInScope'> = {
  code: 'roleInScope',
  title: '某角色',
  resolve(args, label, ctx) {
    const { holders, scope } = holdersOf(args.role, args.scope, ctx);
    const able = holders.filter((h) => isActive(ctx.org, h.personId));
    if (able.length === 0) return nobody(`没有人担任${label}`);
    const others = able.filter((h) => h.personId !== ctx.applicant.personId);
    const people = (args.take === 'first' ? others.slice(0, 1) : others).map((h) => ({
      personId: h.personId,
      assignmentId: null,
      why: `${nameOf(ctx.org, h.personId)}是${label}${scopeWords(scope, h.since)}`,
    }));
    const ownSeat = others.length < able.length && (args.take === 'all' || people.length === 0);
    return ownSeat ? withSuperior(people, label, ctx) : { people, missing: null };
  },
};

/** People named in the template, one seat each. */
export const named: AssigneeRule<'named'> = {
  code: 'named',
  title: '指定人员',
  resolve(args, label, ctx) {
    const others = args.personIds.filter((id) => id !== ctx.applicant.personId);
    const able = others.filter((id) => isActive(ctx.org, id));
    const people = able.map((personId) => ({
      personId,
      assignmentId: null,
      why: `${nameOf(ctx.org, personId)}是这类申请指定的${label}`,
    }));
    // Each named person is a seat of its own: one who cannot act leaves it empty, never silently dropped.
    if (able.length < others.length) return { people, missing: `指定的${label}已停用或离职` };
    return others.length < args.personIds.length
      ? withSuperior(people, label, ctx)
      : { people, missing: null };
  },
};

/** People the applicant chose when submitting. */
export const applicantChoice: AssigneeRule<'applicantChoice'> = {
  code: 'applicantChoice',
  title: '申请人选择',
  resolve(args, label, ctx) {
    const picked = Object.hasOwn(ctx.chosen, ctx.stepKey) ? ctx.chosen[ctx.stepKey] : undefined;
    const ids = [...new Set(picked ?? [])];
    const able = ids.filter((id) => mayBeChosen(ctx, id, args.from)).slice(0, args.max);
    const people = able.map((personId) => ({
      personId,
      assignmentId: null,
      why: `${nameOf(ctx.org, personId)}由${ctx.applicant.name}提交时选定`,
    }));
    if (ids.length === 0) return nobody(`还没有选择${label}`);
    return able.length >= args.min
      ? { people, missing: null }
      : { people, missing: `选定的${label}已不能审批` };
  },
};

/** May this person be picked as approver: active, not the applicant, inside the scope. */
export function mayBeChosen(ctx: ResolveContext, personId: string, from: 'unit' | 'school'): boolean {
  if (personId === ctx.applicant.personId || !isActive(ctx.org, personId)) return false;
  return from === 'school' || worksUnder(ctx.org, personId, ctx.applicant.unitId);
}

/* ---------- heads ---------- */

/**
 * The units whose heads stand over the applicant, nearest first. R19: who heads the unit of the chosen post with
 * nobody ranked above starts one unit higher.
 */
function chainAboveApplicant(ctx: ResolveContext, of: 'unit' | 'department'): OrgUnit[] {
  const { unitId } = ctx.applicant;
  const start = of === 'unit' ? unitId : (ctx.org.departmentOf(unitId)?.unitId ?? unitId);
  const units = unitChain(ctx.org, start);
  const first = units[0];
  if (first === undefined) return [];
  const own = headPostOf(first, ctx);
  const isTop = own !== null && !ctx.org.headsOf(first.unitId).some((h) => h.headRank < own.headRank);
  return isTop ? units.slice(1) : units;
}

/**
 * Heads who may decide over the applicant, in configured order. Among several heads of the applicant's own unit
 * only those ranked strictly higher may; `outranked` tells that the applicant is why nobody is left (R17).
 */
export function headsFor(unit: OrgUnit, ctx: ResolveContext): { heads: OrgAssignment[]; outranked: boolean } {
  const own = headPostOf(unit, ctx);
  const heads = ctx.org
    .headsOf(unit.unitId)
    .filter((h) => isActive(ctx.org, h.personId) && (own === null || h.headRank < own.headRank));
  return { heads, outranked: own !== null };
}

function headPostOf(unit: OrgUnit, ctx: ResolveContext): OrgAssignment | null {
  return ctx.org.headsOf(unit.unitId).find((h) => h.personId === ctx.applicant.personId) ?? null;
}

export function asHead(head: OrgAssignment, unit: OrgUnit, org: Org): Candidate {
  const name = nameOf(org, head.personId);
  return {
    personId: head.personId,
    assignmentId: head.assignmentId,
    why: `${name}是${unit.name}负责人（${postWords(head)}）`,
  };
}

/** R17: the seat belongs to the applicant, so it goes to the head one level up; never passed by itself. */
export function oneLevelUp(unit: OrgUnit | undefined, label: string, ctx: ResolveContext): Resolution {
  const head = unit === undefined ? undefined : headsFor(unit, ctx).heads[0];
  if (unit === undefined || head === undefined) return nobody(`${label}是申请人本人，且没有上一级负责人`);
  const seat = asHead(head, unit, ctx.org);
  return { people: [{ ...seat, why: `申请人不能审批自己的申请，改由上一级：${seat.why}` }], missing: null };
}

/** R17 at the top: another head of the same unit, in configured order. */
function besides(unit: OrgUnit, label: string, ctx: ResolveContext): Resolution {
  const head = ctx.org
    .headsOf(unit.unitId)
    .find((h) => h.personId !== ctx.applicant.personId && isActive(ctx.org, h.personId));
  if (head === undefined) return nobody(`${label}是申请人本人，且没有上一级负责人`);
  const seat = asHead(head, unit, ctx.org);
  return { people: [{ ...seat, why: `申请人不能审批自己的申请，改由同级：${seat.why}` }], missing: null };
}

/**
 * R17 for roles and named people: the applicant's own seat goes to the first head above the applicant, at the top to who
 * leads beside them.
 */
function withSuperior(people: readonly Candidate[], label: string, ctx: ResolveContext): Resolution {
  const higher = oneLevelUp(chainAboveApplicant(ctx, 'department')[0], label, ctx);
  const top = unitChain(ctx.org, ctx.applicant.unitId).at(-1);
  const leads = higher.missing !== null && top !== undefined && headPostOf(top, ctx) !== null;
  const up = leads ? besides(top, label, ctx) : higher;
  return { people: [...people, ...up.people], missing: up.missing };
}

/* ---------- roles ---------- */

function holdersOf(
  role: string,
  scope: 'unit' | 'school',
  ctx: ResolveContext,
): { holders: readonly RoleHolder[]; scope: OrgUnit | null } {
  if (scope === 'school') return { holders: ctx.org.roleHolders(role, null), scope: null };
  for (const unit of unitChain(ctx.org, ctx.applicant.unitId)) {
    const holders = ctx.org.roleHolders(role, unit.unitId);
    if (holders.some((h) => isActive(ctx.org, h.personId))) return { holders, scope: unit };
  }
  return { holders: [], scope: null };
}

/* ---------- words ---------- */

export const nobody = (missing: string): Resolution => ({ people: [], missing });

function nameOf(org: Org, personId: string): string {
  return org.person(personId)?.name ?? '';
}

function postWords(post: OrgAssignment): string {
  const kind = post.kind === 'main' ? '主岗' : '兼任';
  return post.since === null ? kind : `${kind}，${monthWords(post.since)}`;
}

function scopeWords(scope: OrgUnit | null, since: CalendarDate | null): string {
  const parts = [scope?.name ?? '', since === null ? '' : monthWords(since)].filter((part) => part !== '');
  return parts.length === 0 ? '' : `（${parts.join('，')}）`;
}

const monthWords = (date: CalendarDate): string => `${date.slice(0, 7)} 起`;
