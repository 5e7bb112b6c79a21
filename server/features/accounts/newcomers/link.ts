/** HR's record has somebody now: are they a newcomer who is waited for? (B3; D5: heard twice, linked once.) */
import { In, Not } from 'typeorm';
import { systemActor } from '../../../kernel/actor.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonLike } from '../../directory/index.ts';
import { type AccountsContext, requestPath } from '../commands/context.ts';
import { performOn } from '../commands/perform.ts';
import type { LinkedBy, RequestState } from '../model.ts';
import type { AccountsOrg } from '../org.ts';
import { lockRequest } from '../store.ts';
import { AccountTable, RequestTable, type RequestRow } from '../tables.ts';
import { pairsOf } from './match.ts';
import { EXPECTED, newcomersWith, reportedOf } from './store.ts';
import { NewcomerTable, type NewcomerRow } from './tables.ts';

export const NEWCOMER_JOB = 'accounts.newcomer';
export const NEWCOMERS_JOB = 'accounts.newcomers';
const MECHANISM = systemActor(`job:${NEWCOMER_JOB}`);

/** Somebody joined, came back, or something about them changed. Looks at the present state, so repeats are harmless. */
export async function linkArrival(ctx: AccountsContext, personId: string): Promise<void> {
  const expectedWith = async (reads: Parameters<typeof newcomersWith>[0]) => {
    const [person] = await ctx.identities.peopleLike(reads, { personIds: [personId] });
    return person && person.state !== 'left' ? newcomersWith(reads, person, EXPECTED) : [];
  };
  if ((await ctx.db.read(expectedWith)).length === 0) return;
  await ctx.db.write(MECHANISM, async (tx) => {
    // Two batches at once: the second looks when the first is through.
    await ctx.lockPeople(tx);
    await linkAmong(ctx, tx, await expectedWith(tx));
  });
}

/** The report was corrected: HR's record may have had them all along. */
export async function linkIfKnown(ctx: AccountsContext, requestId: string): Promise<void> {
  await ctx.db.write(MECHANISM, async (tx) => {
    await ctx.lockPeople(tx);
    const row = await tx.em.getRepository(NewcomerTable).findOneBy({ requestId, state: In([...EXPECTED]) });
    if (row) await linkAmong(ctx, tx, [row]);
  });
}

/** Once a night, for whatever was missed. */
export async function linkAllExpected(ctx: AccountsContext): Promise<void> {
  const rows = await ctx.db.read((reads) =>
    reads.em.getRepository(NewcomerTable).find({
      where: { state: In([...EXPECTED]) },
      order: { id: 'ASC' },
    }),
  );
  for (const { requestId } of rows) await linkIfKnown(ctx, requestId);
}

async function linkAmong(ctx: AccountsContext, tx: Tx, rows: readonly NewcomerRow[]): Promise<void> {
  if (rows.length === 0) return;
  const people = await ctx.identities.peopleLike(tx, {
    idNumberPrints: rows.flatMap(({ idNumberPrint }) => idNumberPrint ?? []),
    mobilePrints: rows.flatMap(({ mobilePrint }) => mobilePrint ?? []),
  });
  const all = new Map(rows.map((row) => [row.id, row]));
  // Everybody who could mean the same people: several candidates are nobody's.
  for (const person of people)
    for (const row of await newcomersWith(tx, person, EXPECTED)) all.set(row.id, row);
  const pairs = pairsOf(
    [...all.values()].map((row) => reportedOf(ctx.vault, row)),
    people,
  );
  if (pairs.length === 0) return;
  const org = await ctx.orgOf(tx);
  const byId = new Map(people.map((person) => [person.personId, person]));
  for (const { newcomerId, personId, by } of pairs) {
    const [row, person] = [all.get(newcomerId), byId.get(personId)];
    if (row && person) await connect(ctx, tx, org, row, person, by);
  }
}

async function connect(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  row: NewcomerRow,
  person: PersonLike,
  how: LinkedBy,
): Promise<void> {
  if (await isLinkedElsewhere(tx, row, person.personId)) return;
  const request = await lockRequest(tx, row.requestId);
  const standing = await openingOf(tx, person.personId, row.requestId);
  if (standing.isUnderWay) {
    // Somebody was faster: their account is being opened, or there is one. It is never opened twice (S2-14a).
    const { decision } = await performOn(ctx, tx, org, request, { type: 'withdraw', reason: TAKEN_OVER });
    tell(ctx, tx, decision.state, `${person.name}已另有开通申请或账号，这份新人报告已结束。`);
    return;
  }
  await linkTo(ctx, tx, org, request, standing.draft, person, how);
}

const TAKEN_OVER = '人事登记后已另行开通';

/** In the caller's unit of work; who may was asked before. */
export async function linkTo(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  request: RequestRow,
  draft: RequestRow | null,
  person: Pick<PersonLike, 'personId' | 'name'>,
  how: LinkedBy,
  reason?: string,
): Promise<RequestState> {
  const { personId, name: personName } = person;
  // S3-0a: what HR's news made the unit owe is this very report.
  if (draft) {
    const given = { type: 'withdraw', reason: `并入 ${request.requestNumber}` } as const;
    await performOn(ctx, tx, org, await lockRequest(tx, draft.id), given);
  }
  const { decision } = await performOn(
    ctx,
    tx,
    org,
    request,
    { type: 'link', personId, personName, how },
    reason === undefined ? {} : { personal: { personId, after: { reason } } },
  );
  const next = decision.state.status === 'submitted' ? '开通申请转入受理' : '请把开通申请报送齐全';
  tell(ctx, tx, decision.state, `${personName}已有人事编号，${next}。`);
  return decision.state;
}

function tell(ctx: AccountsContext, tx: Tx, state: RequestState, words: string): void {
  const { personId } = state.createdBy;
  const told = new Set([personId, ...state.senders.map(({ by }) => by?.personId ?? null)]);
  for (const each of told)
    if (each !== null)
      ctx.notify(tx, {
        // 64 characters at most, as messages are found by.
        key: `accounts.newcomer:${state.requestId}:${tx.now.toString(36)}`,
        personId: each,
        words,
        path: requestPath(state.requestId),
      });
}

/** B3: who is linked already is no candidate. */
export const isLinkedElsewhere = (tx: Tx, { id }: NewcomerRow, personId: string): Promise<boolean> =>
  tx.em.getRepository(NewcomerTable).existsBy({ personId, state: 'linked', id: Not(id) });

export interface Standing {
  /** A duty HR's news brought that nobody has touched. */
  readonly draft: RequestRow | null;
  /** Another opening somebody sent, or an account. */
  readonly isUnderWay: boolean;
}

/** What stands of a person's opening besides this request. */
export async function openingOf(reads: Reads, personId: string, exceptId: string): Promise<Standing> {
  const others = await reads.em.getRepository(RequestTable).findBy({
    personId,
    kind: 'open',
    id: Not(exceptId),
    status: Not(In(['done', 'withdrawn'])),
  });
  const isUntouched = ({ status, originType, state }: RequestRow) =>
    status === 'draft' && originType === 'hr' && state.round === 0;
  const hasAccount = await reads.em
    .getRepository(AccountTable)
    .existsBy({ personId, state: In(['opening', 'open', 'locked']) });
  return {
    draft: others.find(isUntouched) ?? null,
    isUnderWay: hasAccount || others.some((other) => !isUntouched(other)),
  };
}
