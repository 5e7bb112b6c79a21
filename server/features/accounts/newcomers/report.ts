/** S3-1a: a unit reports somebody who takes up duty today and whom HR does not know yet. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { wordsFor } from '../../../phrases/index.ts';
import { type AccountsContext, policyOf, viewerOf } from '../commands/context.ts';
import { performOn } from '../commands/perform.ts';
import {
  beginRequest,
  contentsOf,
  mustReport,
  mustSendForOne,
  sendRequest,
  visible,
} from '../commands/requests.ts';
import { awaitsPerson } from '../engine/decide.ts';
import type { Decision, Filled, Letter, Origin } from '../model.ts';
import type { AccountsOrg } from '../org.ts';
import * as policy from '../policy.ts';
import { filledOf } from '../secret.ts';
import { loadRequest, nextNumber } from '../store.ts';
import type { NewcomerAnswer, ReportNewcomer } from './contract.ts';
import { linkIfKnown } from './link.ts';
import { clashOf, type Clash } from './match.ts';
import { type Fault, type Newcomer, readNewcomer } from './read-newcomer.ts';
import {
  EXPECTED,
  insertNewcomer,
  newcomerOf,
  newcomerRow,
  newcomersWith,
  reportedOf,
  revealNewcomer,
  saveNewcomer,
  type SealedNewcomer,
  sealedOf,
} from './store.ts';
import type { NewcomerRow } from './tables.ts';

/** Everything is checked before anything is kept. What the form lacks comes back named, and the draft stays (S3-1b). */
export async function reportNewcomer(
  ctx: AccountsContext,
  actor: PersonActor,
  { newcomer: typed, form, letter }: ReportNewcomer,
): Promise<NewcomerAnswer> {
  const filled: Filled = { kind: 'open', form };
  const reading = readNewcomer(typed, dateOf(ctx.clock.now()));
  if (!reading.ok) {
    await ctx.db.read(async (reads) => mustSendForOne(ctx, await ctx.orgOf(reads), actor.personId, filled));
    return faulty(reading.faults);
  }
  const number = await nextNumber(ctx.db, dateOf(ctx.clock.now()).slice(0, 4));
  const begun = await ctx.db.write(actor, async (tx) => {
    // One look at who is known at a time, HR's own changes included: nobody slips in between.
    await ctx.lockPeople(tx);
    const org = await ctx.orgOf(tx);
    const newcomerId = newId();
    await mustReport(ctx, tx, org, actor.personId, { personId: newcomerId, filled });
    const sealed = sealedOf(ctx, reading.newcomer);
    const clash = await clashWith(ctx, tx, org, actor.personId, reading.newcomer, sealed, null);
    if (clash) return refuse(tx, clash);
    const isHr = policy.isHr(viewerOf(org, actor.personId), ctx.settings);
    const origin: Origin = { type: isHr ? 'hr' : 'unit', ref: null };
    const unknown = { newcomerId, maskedName: sealed.nameMasked };
    const wanted = { personId: newcomerId, filled, origin, unknown };
    const decision = await beginRequest(ctx, tx, org, number, wanted);
    await insertNewcomer(tx, newcomerRow(newcomerId, decision.state.requestId, sealed, tx.now));
    return answerOf(decision);
  });
  return sentIn(ctx, actor, begun, form.unitId, letter);
}

/** Filled in again while it lies with the unit: a number left out is the one that was given before. */
export async function refillNewcomer(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  { newcomer: typed, form, letter }: ReportNewcomer,
): Promise<NewcomerAnswer> {
  const filled: Filled = { kind: 'open', form };
  const filledAgain = await ctx.db.write(actor, async (tx): Promise<NewcomerAnswer> => {
    await ctx.lockPeople(tx);
    const { row, org } = await visible(ctx, tx, actor.personId, requestId);
    const known = await newcomerOf(tx, requestId);
    mustSendForOne(ctx, org, actor.personId, filledOf(ctx.vault, row.state, null));
    await mustReport(ctx, tx, org, actor.personId, { ...row.state, filled });
    const command = { type: 'fill', ...contentsOf(ctx, org, filled, tx.now) } as const;
    // Whom HR's record has already is described by it.
    if (awaitsPerson(row.state)) {
      const before = revealNewcomer(ctx.vault, known);
      const idNumber = typed.idNumber ?? before?.idNumber ?? null;
      const mobile = typed.mobile ?? before?.mobile ?? null;
      const reading = readNewcomer({ ...typed, idNumber, mobile }, dateOf(tx.now));
      if (!reading.ok) return faulty(reading.faults);
      const sealed = sealedOf(ctx, reading.newcomer);
      const clash = await clashWith(ctx, tx, org, actor.personId, reading.newcomer, sealed, known);
      if (clash) return refuse(tx, clash);
      await saveNewcomer(tx, known, sealed);
    }
    const { decision } = await performOn(ctx, tx, org, row, command);
    return answerOf(decision);
  });
  if (filledAgain.requestId === null) return filledAgain;
  const answer = await sentIn(ctx, actor, filledAgain, form.unitId, letter);
  // With the number corrected HR's record may have had them all along.
  await linkIfKnown(ctx, requestId);
  const { status } = await ctx.db.read((reads) => loadRequest(reads, requestId));
  return { ...answer, status };
}

/** For the unit of the form, with its letter. A clock is closed by another unit of work than the one that opens it. */
async function sentIn(
  ctx: AccountsContext,
  actor: PersonActor,
  begun: NewcomerAnswer,
  unitId: string | null,
  letter: Letter | null,
): Promise<NewcomerAnswer> {
  const { requestId } = begun;
  if (requestId === null || unitId === null || letter === null) return begun;
  return { ...(await sendRequest(ctx, actor, requestId, { unitId, letter })), faults: [] };
}

/** Said so that nobody learns of people outside their scope who they are (H1); of their own they do. */
async function clashWith(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  viewerId: string,
  newcomer: Newcomer,
  sealed: SealedNewcomer,
  self: NewcomerRow | null,
): Promise<Fault | null> {
  const { idNumberPrint, mobilePrint, idType } = sealed;
  const people = await ctx.identities.peopleLike(tx, {
    idNumberPrints: [idNumberPrint],
    mobilePrints: [mobilePrint],
  });
  const others = (await newcomersWith(tx, sealed, [...EXPECTED, 'linked'])).filter(
    ({ id }) => id !== self?.id,
  );
  const marks = { name: newcomer.name, idType, idNumberPrint, mobilePrint };
  const reported = others.map((row) => reportedOf(ctx.vault, row));
  // Whom HR told apart by hand is somebody else with the same number.
  const apart = new Set(self?.rejected);
  const clash = clashOf(
    marks,
    people.filter(({ personId }) => !apart.has(personId)),
    reported,
  );
  if (!clash) return null;
  // HR knows them by now: the report goes to that person, it is not refused.
  if (clash.kind === 'known' && self !== null) return null;
  return faultOf(ctx, tx, org, viewerId, clash, others);
}

async function faultOf(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  viewerId: string,
  clash: Clash,
  others: readonly NewcomerRow[],
): Promise<Fault> {
  const viewer = viewerOf(org, viewerId);
  const context = policyOf(ctx, org);
  switch (clash.kind) {
    case 'known': {
      const { field, personId } = clash;
      const unitId = org.mainAssignmentOf(personId)?.unitId ?? null;
      const person = org.person(personId);
      const isMine = unitId !== null && policy.maySendFor(viewer, unitId, context);
      return person && isMine
        ? {
            field,
            code: 'accounts.newcomer_known_here',
            data: { name: person.name, staffNo: person.staffNo },
          }
        : { field, code: 'accounts.newcomer_known' };
    }
    case 'reported': {
      const row = others.find(({ id }) => id === clash.newcomerId);
      const { state } = await loadRequest(tx, row?.requestId ?? '');
      return policy.maySee(viewer, state, context)
        ? { field: 'idNumber', code: 'accounts.newcomer_reported_here', data: { number: state.number } }
        : { field: 'idNumber', code: 'accounts.newcomer_reported' };
    }
    case 'mobileTaken':
      return { field: 'mobile', code: 'accounts.newcomer_mobile_taken' };
    case 'mobileReported':
      return { field: 'mobile', code: 'accounts.newcomer_mobile_reported' };
  }
}

/** Who asks again and again whether a number is known is on record. */
function refuse(tx: Tx, fault: Fault): NewcomerAnswer {
  recordAct(tx, {
    action: 'accounts.refuse_newcomer',
    targetType: 'account_newcomer',
    targetId: '',
    result: fault.code,
  });
  return faulty([fault]);
}

const faulty = (faults: readonly Fault[]): NewcomerAnswer => ({
  outcome: 'faulty',
  requestId: null,
  status: null,
  missing: [],
  faults: faults.map(({ field, code, data }) => ({ field, code, words: wordsFor(code, data ?? {}, 'zh') })),
});

const answerOf = ({ outcome, state }: Decision): NewcomerAnswer => ({
  outcome,
  requestId: state.requestId,
  status: state.status,
  missing: [...state.missing],
  faults: [],
});
