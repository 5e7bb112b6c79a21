import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { cutChars, type NativeCase } from '../../../wecom/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { CASE, pathOf, STEP_KIND, type NativeContext } from '../context.ts';
import { fieldsOf } from '../field-words.ts';
import { PENDING, stateOf, type Form } from '../form.ts';
import { askedIn, endedAt, planTurns, sameUser, turnsOf, type HeldTurn, type Turn } from '../plan.ts';
import { workdaysOf } from '../settings.ts';
import { caseByNumber, noteParts, openForm, openHoldings, sealForm } from '../store.ts';
import { CaseTable, HoldingTable, type CaseRow } from '../tables.ts';

/** What we held when the API was asked; null: nothing. */
export type Before = Pick<CaseRow, 'id' | 'version'> | null;
export type Saved = 'saved' | 'stale' | 'unknown';

/**
 * What the API said, in one unit of work with the turns and clocks that follow. Only onto what was there when it was
 * asked: else somebody wrote since, the answer may be the older one, and it has to be asked again.
 * @param answer null: 企业微信 does not show this form (any more)
 */
export async function saveForm(
  ctx: NativeContext,
  tx: Tx,
  before: Before,
  number: string,
  answer: NativeCase | null,
): Promise<Saved> {
  const row = await caseByNumber(tx, number);
  if ((row?.version ?? null) !== (before?.version ?? null)) return 'stale';
  if (row === null && answer === null) return 'unknown';
  const org = await ctx.orgOf(tx);
  const old = row === null ? null : openForm(ctx, row);
  const form = answer === null ? unreadable(old) : formOf(org, answer, old);
  const saved = await keep(ctx, tx, org, row, answer, form, old);
  await noteParts(tx, saved.id, [saved.applicantId, ...askedIn(form).map(({ personId }) => personId)]);
  const moved = await followTurns(ctx, tx, org, saved, form);
  if (moved || (old !== null && old.state !== form.state))
    recordAct(tx, {
      action: 'native.follow',
      targetType: CASE,
      targetId: saved.id,
      ...(old === null ? {} : { before: { state: old.state } }),
      after: { number, state: form.state, holderIds: turnsOf(form).map(({ personId }) => personId) },
    });
  return 'saved';
}

/** What ended for us without an end we know. */
const unreadable = (old: Form | null): Form => ({
  ...(old ?? { appliedAt: 0, steps: [], fields: [] }),
  state: old?.state === 'running' || old === null ? 'unreadable' : old.state,
});

/** Who was known stays who they were; a userid is looked up once (R23). */
function formOf(org: OrgWithRoles, answer: NativeCase, old: Form | null): Form {
  const known = new Map(
    (old?.steps ?? []).flatMap(({ seats }) =>
      seats.map((one) => [one.userid.toLowerCase(), one.personId] as const),
    ),
  );
  const personOf = (userid: string): string | null =>
    known.get(userid.toLowerCase()) ?? org.personByUserid(userid)?.personId ?? null;
  return {
    state: stateOf(answer.status),
    appliedAt: answer.appliedAt,
    steps: answer.steps.map(({ seats, ...step }) => ({
      ...step,
      seats: seats.map((one) => ({ ...one, personId: personOf(one.userid) })),
    })),
    fields: fieldsOf(answer.fields),
  };
}

const MAX_TITLE = 191;
const UNNAMED = '未命名审批';

function fresh(
  ctx: NativeContext,
  tx: Tx,
  org: OrgWithRoles,
  answer: NativeCase | null,
  form: Form,
): CaseRow {
  if (answer === null) throw new Error('native-approvals: nothing to keep');
  const applicantId = org.personByUserid(answer.applicant)?.personId ?? null;
  return {
    id: newId(),
    number: answer.number,
    title: cutChars(answer.title.trim(), MAX_TITLE) || UNNAMED,
    templateId: answer.templateId.slice(0, 128),
    state: form.state,
    applicantUserid: answer.applicant,
    applicantId,
    unitId: departmentIdOf(org, applicantId),
    appliedAt: form.appliedAt,
    endedAt: endedAt(form),
    formSealed: sealForm(ctx, form),
    readAt: tx.now,
    version: 1,
  };
}

async function keep(
  ctx: NativeContext,
  tx: Tx,
  org: OrgWithRoles,
  row: CaseRow | null,
  answer: NativeCase | null,
  form: Form,
  old: Form | null,
): Promise<CaseRow> {
  if (row === null) {
    const made = fresh(ctx, tx, org, answer, form);
    await insertRows(tx, CaseTable, [made]);
    return made;
  }
  const changes = { ...changesOf(ctx, tx, row, form, old), ...applicantKnown(org, row, answer, form) };
  await saveWithVersion(tx, CaseTable, row, changes);
  return { ...row, ...changes };
}

function changesOf(ctx: NativeContext, tx: Tx, row: CaseRow, form: Form, old: Form | null): Partial<CaseRow> {
  if (canonicalJson(form) === canonicalJson(old)) return { readAt: tx.now };
  const ended = form.state === 'unreadable' ? (row.endedAt ?? tx.now) : endedAt(form);
  return { state: form.state, endedAt: ended, formSealed: sealForm(ctx, form), readAt: tx.now };
}

/** R23: who is known by now, of what runs; an old userid may be somebody else's by then. */
function applicantKnown(
  org: OrgWithRoles,
  row: CaseRow,
  answer: NativeCase | null,
  form: Form,
): Pick<CaseRow, 'applicantId' | 'unitId'> | null {
  if (row.applicantId !== null || answer === null || form.state !== 'running') return null;
  const applicantId = org.personByUserid(answer.applicant)?.personId ?? null;
  return applicantId === null ? null : { applicantId, unitId: departmentIdOf(org, applicantId) };
}

/** The department of somebody's main post. */
function departmentIdOf(org: OrgWithRoles, personId: string | null): string | null {
  const post = personId === null ? null : org.mainAssignmentOf(personId);
  return post ? (org.departmentOf(post.unitId)?.unitId ?? null) : null;
}

async function followTurns(
  ctx: NativeContext,
  tx: Tx,
  org: OrgWithRoles,
  row: CaseRow,
  form: Form,
): Promise<boolean> {
  const held = (await openHoldings(tx, [row.id])).map((one): HeldTurn => ({ ...one, since: one.sinceAt }));
  const { ended, begun, recognised } = planTurns(held, turnsOf(form));
  for (const one of ended) await endTurn(ctx, tx, row, form, one);
  for (const turn of begun) await beginTurn(ctx, tx, org, row, turn);
  for (const { held: one, personId } of recognised) {
    await tx.em.query('update native_holding set personId = ?, unitId = ? where id = ?', [
      personId,
      departmentIdOf(org, personId),
      one.id,
    ]);
    openClock(ctx, tx, org, row, one.id, { ...one, personId });
  }
  return ended.length + begun.length + recognised.length > 0;
}

async function endTurn(ctx: NativeContext, tx: Tx, row: CaseRow, form: Form, held: HeldTurn): Promise<void> {
  const doneAt = Math.min(tx.now, actedAt(form, held) ?? tx.now);
  await tx.em.query('update native_holding set untilAt = ? where id = ?', [doneAt, held.id]);
  await ctx.supervision.closeObligations(tx, {
    subjectType: CASE,
    subjectId: row.id,
    refs: [held.id],
    outcome: form.state === 'running' ? 'moved_on' : form.state,
    doneAt,
  });
}

/** When it was done: by themselves, else by somebody else at the same step. The news of it may come much later. */
function actedAt({ steps }: Form, { step, userid, since }: HeldTurn): number | null {
  const acts = (steps[step]?.seats ?? []).filter(
    (seat) => seat.status !== PENDING && (seat.at ?? 0) >= since,
  );
  const own = acts.filter((seat) => sameUser(seat.userid, userid));
  const times = (own.length > 0 ? own : acts).flatMap(({ at }) => at ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

async function beginTurn(
  ctx: NativeContext,
  tx: Tx,
  org: OrgWithRoles,
  row: CaseRow,
  turn: Turn,
): Promise<void> {
  const id = newId();
  const { userid, personId, step } = turn;
  // Another machine's clock may be ahead of ours.
  const sinceAt = Math.min(turn.since, tx.now);
  const unitId = departmentIdOf(org, personId);
  await insertRows(tx, HoldingTable, [
    { id, caseId: row.id, step, userid, personId, unitId, sinceAt, untilAt: null },
  ]);
  openClock(ctx, tx, org, row, id, { personId, since: sinceAt });
}

/** Whom the directory does not know owes nothing here; the console shows them by their userid. */
function openClock(
  ctx: NativeContext,
  tx: Tx,
  org: OrgWithRoles,
  row: CaseRow,
  holdingId: string,
  { personId, since }: Pick<Turn, 'personId' | 'since'>,
): void {
  if (personId === null) return;
  const applicant =
    (row.applicantId === null ? null : org.person(row.applicantId)?.name) ?? row.applicantUserid;
  ctx.supervision.openObligation(tx, {
    kind: STEP_KIND,
    subjectType: CASE,
    subjectId: row.id,
    stepRef: holdingId,
    title: `企业微信审批：${row.title}${applicant === '' ? '' : `（${applicant}）`}`,
    path: pathOf(row.id),
    holderPersonId: personId,
    holderUnitId: departmentIdOf(org, personId),
    budget: { workdays: workdaysOf(ctx.settings, row.templateId) },
    openedAt: since,
  });
}
