import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { badRequest, conflict, forbidden, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { CHECKOUT, OUT_PAUSE, ownerOf, sealDesk, USE, usePath, type SealsContext } from '../context.ts';
import type { ActRequest, UseState } from '../contract.ts';
import { reachOf } from '../policy.ts';
import { appendEvent, handlersOfUse, keepersOf, loadSeal, loadUse, outOf, stateOf } from '../store.ts';
import { CheckoutTable, UseTable, type CheckoutRow, type SealRow, type UseRow } from '../tables.ts';
import { decide, type Command, type Outcome } from '../use.ts';
import { openReturnClock } from './clocks.ts';

/** The applicant, its keepers and whoever answers for the seal or for the applicant's unit. */
export async function maySee(
  ctx: SealsContext,
  reads: Reads,
  org: OrgWithRoles,
  row: UseRow,
  seal: SealRow,
  personId: string,
): Promise<boolean> {
  if (row.applicantId === personId) return true;
  if (
    reachOf(org, sealDesk(ctx), personId).sees({
      ownerUnitId: seal.unitId,
      unitId: row.unitId,
    })
  )
    return true;
  const [kept] = await reads.em.query<object[]>(
    'select id from seal_keeper where sealId = ? and personId = ? and untilAt is null limit 1',
    [seal.id, personId],
  );
  return kept !== undefined;
}

/**
 * One act of whoever the recording lies with. Two at the same moment: the second is told that it has moved on.
 * @throws notFound `seals.no_use`; forbidden `seals.not_your_act`; badRequest `seals.photo_only`; what `decide` throws
 */
export async function act(
  ctx: SealsContext,
  actor: PersonActor,
  useId: string,
  request: ActRequest,
): Promise<{ state: UseState; version: number }> {
  try {
    return await ctx.db.write(actor, (tx) => actIn(ctx, tx, actor, useId, request));
  } catch (error) {
    // The seal went out for another use a moment ago.
    if (isUniqueViolation(error)) throw conflict('seals.moved_on');
    throw error;
  }
}

async function actIn(
  ctx: SealsContext,
  tx: Tx,
  actor: PersonActor,
  useId: string,
  request: ActRequest,
): Promise<{ state: UseState; version: number }> {
  const row = await loadUse(tx, useId);
  const seal = await loadSeal(tx, row.sealId);
  const org = await ctx.orgOf(tx);
  if (!(await maySee(ctx, tx, org, row, seal, actor.personId))) throw notFound('seals.no_use');
  const keeperIds = (await keepersOf(tx, seal.id)).map(({ personId }) => personId);
  const handlers = handlersOfUse(org, ctx.settings.chiefUnits, seal, keeperIds, row.applicantId);
  if (!handlers.includes(actor.personId)) throw forbidden('seals.not_your_act');
  if (row.version !== request.version) throw conflict('seals.moved_on');
  const fileIds = request.act === 'stamp' ? [...new Set(request.fileIds)] : [];
  await mustBePhotos(ctx, tx, actor, fileIds);
  const outcome = decide(await stateOf(tx, row), commandOf(ctx, tx, request, fileIds.length));
  if (fileIds.length > 0) await ctx.files.claim(tx, fileIds, ownerOf(row.id));
  await settle(ctx, tx, row, seal, outcome, request, fileIds);
  return { state: outcome.state, version: row.version + 1 };
}

function commandOf({ settings }: SealsContext, tx: Tx, request: ActRequest, photos: number): Command {
  if (request.act !== 'stamp') return { kind: request.act };
  const { copies, happenedOn } = request;
  const needsPhoto = settings.photoWhenStamped;
  return { kind: 'stamp', copies, happenedOn, today: dateOf(tx.now), photos, needsPhoto };
}

/** @throws badRequest `seals.photo_only` for what is no picture or not one's own */
async function mustBePhotos(
  { files }: SealsContext,
  reads: Reads,
  actor: PersonActor,
  fileIds: readonly string[],
): Promise<void> {
  for (const fileId of fileIds) {
    const file = await files.ownUnclaimed(reads, fileId, actor.personId);
    if (!file?.type.startsWith('image/')) throw badRequest('seals.photo_only');
  }
}

/** What was decided is put in place: row, history, clocks, record, messages. */
async function settle(
  ctx: SealsContext,
  tx: Tx,
  row: UseRow,
  seal: SealRow,
  outcome: Outcome,
  request: ActRequest,
  fileIds: readonly string[],
): Promise<void> {
  const words = 'words' in request ? request.words : '';
  const isOver = outcome.state === 'closed' || outcome.state === 'void';
  await saveWithVersion(tx, UseTable, row, {
    state: outcome.state,
    stampedCopies: outcome.stampedCopies,
    ...(isOver ? { closedAt: tx.now, endWords: request.act === 'stamp' ? '' : words } : {}),
  });
  appendEvent(tx, row.id, {
    kind: outcome.event,
    words,
    fileIds,
    ...(request.act === 'stamp' ? { happenedOn: request.happenedOn, copies: request.copies } : {}),
  });
  if (request.act === 'checkOut') await checkOut(ctx, tx, row, seal);
  if (request.act === 'giveBack') await takeBack(ctx, tx, row);
  if (isOver)
    await ctx.supervision.closeObligations(tx, {
      subjectType: USE,
      subjectId: row.id,
      outcome: outcome.event,
    });
  recordAct(tx, {
    action: `seals.${outcome.event}`,
    targetType: USE,
    targetId: row.id,
    before: { state: row.state, stampedCopies: row.stampedCopies },
    after: { state: outcome.state, stampedCopies: outcome.stampedCopies },
  });
  const said = messageOf(row, seal, outcome, words);
  ctx.notify(tx, {
    key: `${outcome.event}:${row.id}:${row.version + 1}`,
    personId: row.applicantId,
    words: said,
    path: usePath(row.id),
  });
}

async function checkOut(ctx: SealsContext, tx: Tx, row: UseRow, seal: SealRow): Promise<void> {
  const checkout: CheckoutRow = {
    id: newId(),
    sealId: seal.id,
    useId: row.id,
    personId: row.applicantId,
    outAt: tx.now,
    backAt: null,
    outKey: seal.id,
    isLate: false,
    version: 1,
  };
  await insertRows(tx, CheckoutTable, [checkout]);
  // While it is out the keeper cannot stamp: their clock stands.
  await ctx.supervision.pauseObligations(tx, { subjectType: USE, subjectId: row.id, reason: OUT_PAUSE });
  openReturnClock(ctx, tx, seal, row, checkout);
}

async function takeBack(ctx: SealsContext, tx: Tx, row: UseRow): Promise<void> {
  const out = await outOf(tx, row.sealId);
  if (out?.useId !== row.id) throw conflict('seals.moved_on');
  const [clock] = await ctx.supervision.listOfSubjects(tx, CHECKOUT, [out.id]);
  const dueAt = clock === undefined || clock.provisional ? null : clock.dueAt;
  const isLate = dueAt !== null && dueAt <= tx.now;
  await saveWithVersion(tx, CheckoutTable, out, { backAt: tx.now, outKey: null, isLate });
  await ctx.supervision.closeObligations(tx, {
    subjectType: CHECKOUT,
    subjectId: out.id,
    outcome: 'givenBack',
  });
  await ctx.supervision.resumeObligations(tx, { subjectType: USE, subjectId: row.id });
}

function messageOf(
  { number, approvedCopies }: UseRow,
  seal: SealRow,
  { event, stampedCopies }: Outcome,
  said: string,
): string {
  const what = `${seal.name}，${number}`;
  const because = said === '' ? '' : `：${said}`;
  switch (event) {
    case 'stamped':
      return `用印已盖章 ${stampedCopies}/${approvedCopies} 份：${what}`;
    case 'closed':
      return `用印办结，共盖 ${stampedCopies} 份，其余不再盖：${what}${because}`;
    case 'voided':
      return `用印作废：${what}${because}`;
    case 'checkedOut':
      return `印章已交给你，用完请按时归还：${what}`;
    case 'givenBack':
      return `印章已收回：${what}`;
    default:
      return what;
  }
}
