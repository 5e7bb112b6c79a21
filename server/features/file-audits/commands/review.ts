import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError, conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type {
  CheckRequest,
  Field,
  JudgeRequest,
  PassRequest,
  SendBackRequest,
  SomeAnswer,
  Stage,
  Verdict,
} from '../contract.ts';
import { countVerdicts, decide, isClean, isOpen, type Command } from '../engine.ts';
import { labelOf } from '../fields.ts';
import { maySeeFile, mayDo, viewerOf, type AuditOrg } from '../policy.ts';
import { loadFile, loadPlan, notesOf, rulesOf, sealNotes, stateOf } from '../store.ts';
import type { FileRow, PlanRow } from '../tables.ts';
import { FILE, type FileAuditsContext } from './context.ts';
import { putFile } from './put-file.ts';

interface At {
  readonly org: AuditOrg;
  readonly plan: PlanRow;
  readonly row: FileRow;
  readonly can: ReturnType<typeof mayDo>;
}

/** @throws notFound `fileaudits.not_visible` to who may not see it: unknown and invisible look alike */
async function enter(ctx: FileAuditsContext, tx: Tx, actorId: string, fileId: string): Promise<At> {
  const row = await loadFile(tx, fileId);
  const plan = await loadPlan(tx, row.planId);
  const org = await ctx.orgOf(tx);
  const viewer = viewerOf(org, ctx.settings, actorId);
  if (!maySeeFile(viewer, plan, row)) throw notFound('fileaudits.not_visible');
  if (plan.state !== 'running') throw refused('fileaudits.not_running');
  return { org, plan, row, can: mayDo(viewer, plan, row) };
}

/** H3 and its neighbours: one's own file, another's step, a step of before. */
function mustBe(actorId: string, { row, can }: At, act: keyof At['can']): void {
  if (can[act]) return;
  if (act !== 'check' && row.personId === actorId) throw forbidden('fileaudits.own_file');
  const step = { check: 'self', pass: 'unit', judge: 'hr' } as const;
  if (row.stage === step[act]) throw forbidden('fileaudits.not_your_step');
  // Whoever could have acted a moment ago is told what became of it.
  throw isOpen(row.stage) ? conflict('fileaudits.other_step') : conflict('fileaudits.file_closed');
}

const acted = (tx: Tx, { row }: At, action: string, stage: Stage, more: object = {}): void =>
  recordAct(tx, {
    action,
    targetType: FILE,
    targetId: row.id,
    before: { stage: row.stage },
    after: { stage, planId: row.planId, ...more },
  });

/**
 * The person says of each field whether it is right. What is wrong leads to a correction, which is asked for first, so
 * that it has an owner and a clock; a photo is put in place by the person.
 */
export async function checkOwn(
  ctx: FileAuditsContext,
  actor: PersonActor,
  fileId: string,
  { answers }: CheckRequest,
): Promise<Stage> {
  return ctx.db.write(actor, async (tx) => {
    const at = await enter(ctx, tx, actor.personId, fileId);
    mustBe(actor.personId, at, 'check');
    const said = Object.fromEntries(answers.map(({ field, said: one }) => [field, one] as const));
    const { next, event } = decide(rulesOf(at.plan), stateOf(at.row), { kind: 'check', said });
    await mustBeAskedFor(ctx, tx, at, next.saidWrong ?? []);
    const { stage } = await putFile(ctx, tx, at.org, at.plan, at.row, next, { kind: event, stage: 'self' });
    acted(tx, at, 'fileaudits.check', stage, { wrong: next.saidWrong });
    return stage;
  });
}

async function mustBeAskedFor(
  { recordOf }: FileAuditsContext,
  tx: Tx,
  { plan, row }: At,
  wrong: readonly Field[],
): Promise<void> {
  if (wrong.length === 0) return;
  const record = await recordOf(tx, row.personId, plan.startedAt ?? 0);
  const asked = (field: Field) =>
    field === 'photo' || record.some((item) => item.field === field && item.correction !== null);
  const missing = wrong.filter((field) => !asked(field));
  if (missing.length > 0)
    throw refused('fileaudits.correction_first', { fields: missing.map(labelOf).join('、') });
}

/** The unit has looked at it, with what it doubts. */
export async function passFile(
  ctx: FileAuditsContext,
  actor: PersonActor,
  fileId: string,
  { doubts }: PassRequest,
): Promise<Stage> {
  return ctx.db.write(actor, async (tx) => {
    const at = await enter(ctx, tx, actor.personId, fileId);
    mustBe(actor.personId, at, 'pass');
    const named = Object.fromEntries(doubts.map(({ field, note }) => [field, note] as const));
    const notes = { ...notesOf(ctx, at.row), doubts: named };
    const command: Command = { kind: 'pass', doubts: doubts.map(({ field }) => field) };
    return pass(ctx, tx, at, command, sealNotes(ctx, notes));
  });
}

async function pass(
  ctx: FileAuditsContext,
  tx: Tx,
  at: At,
  command: Command,
  notesSealed: string | null,
): Promise<Stage> {
  const { next, event } = decide(rulesOf(at.plan), stateOf(at.row), command);
  const happened = { kind: event, stage: 'unit' } as const;
  const { stage } = await putFile(ctx, tx, at.org, at.plan, at.row, next, happened, { notesSealed });
  acted(tx, at, 'fileaudits.pass', stage, { doubts: next.doubts });
  return stage;
}

/** HR's verdict of every field; what is wrong says why, what is missing speaks for itself. */
export async function judgeFile(
  ctx: FileAuditsContext,
  actor: PersonActor,
  fileId: string,
  { verdicts }: JudgeRequest,
): Promise<Stage> {
  const wordless = verdicts.find(({ verdict, note }) => verdict === 'wrong' && note === null);
  if (wordless) throw refused('fileaudits.note_needed', { field: labelOf(wordless.field) });
  return ctx.db.write(actor, async (tx) => {
    const at = await enter(ctx, tx, actor.personId, fileId);
    mustBe(actor.personId, at, 'judge');
    const given = Object.fromEntries(verdicts.map(({ field, verdict }) => [field, verdict] as const));
    const words = verdicts.flatMap(({ field, note }) => (note === null ? [] : [[field, note] as const]));
    const notes = { ...notesOf(ctx, at.row), verdicts: Object.fromEntries(words) };
    return judge(ctx, tx, at, given, sealNotes(ctx, notes));
  });
}

async function judge(
  ctx: FileAuditsContext,
  tx: Tx,
  at: At,
  verdicts: Partial<Record<Field, Verdict>>,
  notesSealed: string | null,
): Promise<Stage> {
  const { next, event } = decide(rulesOf(at.plan), stateOf(at.row), { kind: 'judge', verdicts });
  const count = countVerdicts(next.verdicts);
  const { stage } = await putFile(
    ctx,
    tx,
    at.org,
    at.plan,
    at.row,
    next,
    { kind: event, stage: 'hr' },
    {
      notesSealed,
      okCount: count.ok,
      missingCount: count.missing,
      wrongCount: count.wrong,
      judgedById: tx.actor.kind === 'person' ? tx.actor.personId : null,
      judgedAt: tx.now,
    },
  );
  acted(tx, at, 'fileaudits.judge', stage, count);
  return stage;
}

/** Back to a step of before, with the reason; its holder has the time of the step anew. */
export async function sendBack(
  ctx: FileAuditsContext,
  actor: PersonActor,
  fileId: string,
  { to, reason }: SendBackRequest,
): Promise<Stage> {
  return ctx.db.write(actor, async (tx) => {
    const at = await enter(ctx, tx, actor.personId, fileId);
    mustBe(actor.personId, at, at.row.stage === 'unit' ? 'pass' : 'judge');
    const { next, event } = decide(rulesOf(at.plan), stateOf(at.row), { kind: 'sendBack', to });
    const happened = { kind: event, stage: to, reason } as const;
    const notes = { ...notesOf(ctx, at.row), doubts: {} };
    const { stage } = await putFile(ctx, tx, at.org, at.plan, at.row, next, happened, {
      notesSealed: sealNotes(ctx, notes),
    });
    // Nobody there who could take it: it would come straight back, so it stays.
    if (stage === at.row.stage) throw refused('fileaudits.nobody_there');
    acted(tx, at, 'fileaudits.send_back', stage, { to });
    return stage;
  });
}

/** Ticked ones of one list, each a unit of work of its own; what cannot be done is left and said. */
async function some(
  ctx: FileAuditsContext,
  actor: PersonActor,
  fileIds: readonly string[],
  one: (tx: Tx, fileId: string) => Promise<void>,
  wordsOf: (error: AppError) => string,
): Promise<SomeAnswer> {
  const left: { name: string; why: string }[] = [];
  for (const fileId of new Set(fileIds)) {
    try {
      await ctx.db.write(actor, (tx) => one(tx, fileId));
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      left.push({ name: await nameOf(ctx, actor, fileId), why: wordsOf(error) });
    }
  }
  return { done: new Set(fileIds).size - left.length, left };
}

/** Whoever may not see the file learns no name from it. */
const nameOf = (ctx: FileAuditsContext, actor: PersonActor, fileId: string): Promise<string> =>
  ctx.db.read(async (reads) => {
    const row = await loadFile(reads, fileId).catch(() => null);
    if (row === null) return '';
    const org = await ctx.orgOf(reads);
    const plan = await loadPlan(reads, row.planId);
    const sees = maySeeFile(viewerOf(org, ctx.settings, actor.personId), plan, row);
    return sees ? (org.person(row.personId)?.name ?? '') : '';
  });

export const passSome = (
  ctx: FileAuditsContext,
  actor: PersonActor,
  fileIds: readonly string[],
  wordsOf: (error: AppError) => string,
): Promise<SomeAnswer> =>
  some(
    ctx,
    actor,
    fileIds,
    async (tx, fileId) => {
      const at = await enter(ctx, tx, actor.personId, fileId);
      mustBe(actor.personId, at, 'pass');
      // What the person says is wrong is looked at one by one.
      if ((at.row.saidWrong ?? []).length > 0) throw refused('fileaudits.not_clean');
      await pass(ctx, tx, at, { kind: 'pass', doubts: [] }, at.row.notesSealed);
    },
    wordsOf,
  );

/** Only where nobody says otherwise and every field is there (`isClean`); looked at now, not when the list was read. */
export const judgeSome = (
  ctx: FileAuditsContext,
  actor: PersonActor,
  fileIds: readonly string[],
  wordsOf: (error: AppError) => string,
): Promise<SomeAnswer> =>
  some(
    ctx,
    actor,
    fileIds,
    async (tx, fileId) => {
      const at = await enter(ctx, tx, actor.personId, fileId);
      mustBe(actor.personId, at, 'judge');
      const record = await ctx.recordOf(tx, at.row.personId, at.plan.startedAt ?? 0);
      const present = (field: Field) =>
        record.some((item) => item.field === field && item.present !== null && item.correction === null);
      if (!isClean(rulesOf(at.plan), stateOf(at.row), present)) throw refused('fileaudits.not_clean');
      const verdicts = Object.fromEntries(at.plan.fields.map((field) => [field, 'ok' as const] as const));
      await judge(ctx, tx, at, verdicts, at.row.notesSealed);
    },
    wordsOf,
  );
