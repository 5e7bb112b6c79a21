import { dateOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { wordsOfDeadline, type NewObligation, type ObligationRow } from '../../supervision/index.ts';
import type { StepKind } from '../contract.ts';
import { isOpen, openFile, settle, type FileState } from '../engine.ts';
import { countedIn, handsFor, type AuditOrg } from '../policy.ts';
import { appendEvent, rulesOf, type Happening } from '../store.ts';
import { FileTable, type FileRow, type PlanRow } from '../tables.ts';
import { FILE, kindOf, pathOf, type FileAuditsContext } from './context.ts';

type Placed = Pick<FileRow, 'id' | 'personId' | 'unitId' | 'round'>;

/** The clock of whoever holds a file now. No value of the record is in any of its words. */
function clockOf(
  org: AuditOrg,
  plan: PlanRow,
  file: Placed,
  step: StepKind,
  holder: string | null,
): NewObligation {
  const name = org.person(file.personId)?.name ?? '';
  const titles: Readonly<Record<StepKind, string>> = {
    self: `核对本人档案：${plan.title}`,
    unit: `复核${name}的档案：${plan.title}`,
    hr: `审核${name}的档案：${plan.title}`,
  };
  return {
    kind: kindOf(step),
    subjectType: FILE,
    subjectId: file.id,
    stepRef: `${step}:${file.round}`,
    title: titles[step],
    path: pathOf(step, file.id),
    holderPersonId: holder,
    holderUnitId: step === 'hr' && holder !== null ? countedIn(org, holder) : file.unitId,
    budget: { workdays: plan.steps.find(({ kind }) => kind === step)?.workdays ?? 1 },
  };
}

/** Nobody is counted late by a date that rests on a year without a notice (G4). */
export const countedDue = ({ dueAt, provisional }: ObligationRow): number | null =>
  provisional ? null : dueAt;

/** Who gets a file is told: its person of their own, who reviews many once a day. */
function tell(
  { notify }: FileAuditsContext,
  tx: Tx,
  plan: PlanRow,
  file: Placed,
  step: StepKind,
  clock: ObligationRow,
): void {
  if (clock.holderPersonId === null) return;
  const personId = clock.holderPersonId;
  const until = clock.dueAt === null ? '' : `，${wordsOfDeadline(tx.now, clock.dueAt, clock.provisional)}`;
  if (step === 'self') {
    const words = `${plan.title}：请核对你自己的档案${until}。`;
    notify(tx, { key: `self:${file.id}:${file.round}`, personId, words, path: clock.path });
    return;
  }
  const key = `${step}:${plan.id}:${dateOf(tx.now)}`;
  if (step === 'unit')
    notify(tx, { key, personId, words: `${plan.title}：有档案等你复核${until}。`, path: '/file-audits' });
  else
    notify(tx, {
      key,
      personId,
      words: `${plan.title}：有档案等你审核${until}。`,
      path: `/console/file-audits/${plan.id}?stage=hr`,
    });
}

/** S1-7.1b: these people's files come into the plan, each with whoever can take its first step. */
export async function openFiles(
  ctx: FileAuditsContext,
  tx: Tx,
  org: AuditOrg,
  plan: PlanRow,
  personIds: readonly string[],
): Promise<void> {
  const rules = rulesOf(plan);
  const placed = personIds.map((personId) => {
    const file = { id: newId(), personId, unitId: countedIn(org, personId), round: 1 };
    const { next, holder, passedOver } = settle(
      rules,
      openFile(rules),
      handsFor(org, ctx.settings, plan, file),
    );
    const step: StepKind = isOpen(next.stage) ? next.stage : 'hr';
    return { file, next, holder, passedOver, step };
  });
  const clocks = ctx.supervision.openObligations(
    tx,
    placed.map(({ file, step, holder }) => clockOf(org, plan, file, step, holder)),
  );
  const rows = placed.map(({ file, next, holder }, at): FileRow => {
    const clock = clocks[at];
    return {
      ...file,
      planId: plan.id,
      stage: next.stage,
      holderId: holder,
      dueAt: clock ? countedDue(clock) : null,
      isLate: false,
      saidWrong: null,
      doubts: [],
      verdicts: {},
      notesSealed: null,
      okCount: 0,
      missingCount: 0,
      wrongCount: 0,
      judgedById: null,
      judgedAt: null,
      openedAt: tx.now,
      version: 1,
    };
  });
  await insertRows(tx, FileTable, rows);
  for (const [at, { file, step, passedOver }] of placed.entries()) {
    appendEvent(ctx, tx, file.id, { kind: 'opened', stage: step });
    for (const stage of passedOver) appendEvent(ctx, tx, file.id, { kind: 'passedOver', stage });
    const clock = clocks[at];
    if (clock) tell(ctx, tx, plan, file, step, clock);
  }
}

/**
 * The file as it is after what happened: the clock of before stops, the next one begins with whoever can take the
 * step. @throws conflict `db.changed_meanwhile`; the unit of work is then run again
 */
export async function putFile(
  ctx: FileAuditsContext,
  tx: Tx,
  org: AuditOrg,
  plan: PlanRow,
  row: FileRow,
  state: FileState,
  happened: Happening,
  more: Partial<Omit<FileRow, 'id' | 'version'>> = {},
): Promise<FileState> {
  const moved = { ...row, ...more };
  const { next, holder, passedOver } = settle(rulesOf(plan), state, handsFor(org, ctx.settings, plan, moved));
  await ctx.supervision.closeObligations(tx, {
    subjectType: FILE,
    subjectId: row.id,
    outcome: happened.kind,
  });
  appendEvent(ctx, tx, row.id, happened);
  for (const stage of passedOver) appendEvent(ctx, tx, row.id, { kind: 'passedOver', stage });
  let dueAt: number | null = null;
  if (isOpen(next.stage)) {
    const file = { ...moved, round: next.round };
    const [clock] = ctx.supervision.openObligations(tx, [clockOf(org, plan, file, next.stage, holder)]);
    if (clock) {
      dueAt = countedDue(clock);
      tell(ctx, tx, plan, file, next.stage, clock);
    }
  }
  await saveWithVersion(tx, FileTable, row, {
    ...more,
    ...next,
    doubts: [...next.doubts],
    saidWrong: next.saidWrong === null ? null : [...next.saidWrong],
    holderId: holder,
    dueAt,
    isLate: row.isLate || isPast(row, tx.now),
  });
  return next;
}

export const isPast = ({ dueAt }: Pick<FileRow, 'dueAt'>, now: number): boolean =>
  dueAt !== null && dueAt <= now;
