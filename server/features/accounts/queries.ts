/** Screens and lists, each complete or an error (H2), filtered to what the viewer may see. */
import { In, LessThan, MoreThan } from 'typeorm';
import type { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { loadCancellation } from './commands/cancellation-steps.ts';
import { type AccountsContext, policyOf, REQUEST, viewerOf } from './commands/context.ts';
import { locksOf } from './commands/lock-steps.ts';
import { isRunning, mayRelease, OBSTACLE_WORDS, obstaclesOf } from './cancellation.ts';
import type * as contract from './contract.ts';
import { duesOf } from './dues.ts';
import { countHeld } from './handover/store.ts';
import { awaitsPerson } from './engine/decide.ts';
import { eventWords } from './event-words.ts';
import type { ItemState, RequestState } from './model.ts';
import { cardOf } from './newcomers/queries.ts';
import type { AccountsOrg } from './org.ts';
import * as policy from './policy.ts';
import { lockAnswer } from './lock-lists.ts';
import { briefOf } from './request-lists.ts';
import { openFormOf } from './secret.ts';
import { systemOf } from './settings.ts';
import { accountsOf, historyOf, loadRequest } from './store.ts';
import { AccountHistoryTable, ItemTable, RequestTable } from './tables.ts';
import { ACT_WORDS, openedForWords, STATE_WORDS, stateWords, whoWords } from './words.ts';

const IN_CHUNK = 400;

/** One request with its history and what the viewer may do. */
export async function readRequest(
  ctx: AccountsContext,
  reads: Reads,
  personId: string,
  requestId: string,
): Promise<contract.RequestAnswer> {
  const row = await loadRequest(reads, requestId);
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, personId);
  const { state } = row;
  policy.mustSee(viewer, state, policyOf(ctx, org));
  const mayReadProof = policy.mayReadProofFile(viewer, policyOf(ctx, org));
  const history = await historyOf(reads, requestId);
  return {
    ...briefOf({ ...row, createdAt: row.createdAt }),
    due: (await duesOf(ctx, reads, REQUEST, [requestId]))(requestId),
    filled: openFormOf(state),
    senders: state.senders.map(({ by, ...sender }) => ({ ...sender, byName: by && whoWords(by.name) })),
    missing: [...state.missing],
    returnNote: state.returnNote,
    newcomer: await cardOf(ctx, reads, state),
    hasPerson: !awaitsPerson(state),
    items: state.items.map((item) => itemAnswer(ctx, item, mayReadProof)),
    history: history.map((event) => ({
      at: event.at,
      byName: whoWords(event.by.name),
      words: eventWords(event, state, ctx.settings),
    })),
    can: policy.canOf(viewer, state, policyOf(ctx, org)),
  };
}

function itemAnswer(
  { settings }: AccountsContext,
  item: ItemState,
  mayReadProof: boolean,
): contract.ItemAnswer {
  const system = systemOf(settings, item.systemCode);
  const { itemId, systemCode, act, stage, status, trouble, proof } = item;
  return {
    itemId,
    systemCode,
    systemName: system?.name ?? systemCode,
    grade: system?.grade ?? 'manual',
    act,
    actWords: ACT_WORDS[act],
    stage,
    status,
    trouble,
    proof: proof && {
      note: proof.note,
      fileId: mayReadProof ? proof.fileId : null,
      byName: whoWords(proof.by.name),
      at: proof.at,
    },
  };
}

/** S3-0a: the accounts of one person. H5: what is locked says since when, the same words for everybody. */
export async function readAccounts(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  personId: string,
): Promise<contract.AccountsAnswer> {
  const org = await ctx.orgOf(reads);
  mustSeeAccounts(ctx, org, viewerId, personId);
  const viewer = viewerOf(org, viewerId);
  const ctxOfPolicy = policyOf(ctx, org);
  const rows = new Map((await accountsOf(reads, personId)).map((row) => [row.systemCode, row]));
  const nameOf = (code: string) => systemOf(ctx.settings, code)?.name ?? code;
  const codes = [...new Set([...ctx.settings.systems.map(({ code }) => code), ...rows.keys()])];
  return {
    personId,
    personName: org.person(personId)?.name ?? '',
    accounts: codes.map((systemCode) => {
      const row = rows.get(systemCode);
      const state = row?.state ?? 'none';
      const sinceAt = row?.sinceAt ?? null;
      return {
        systemCode,
        systemName: nameOf(systemCode),
        state,
        words: stateWords(state, sinceAt),
        sinceAt,
        openedFor: row ? openedForWords(row.category, row.originUnit, row.untilOn) : null,
      };
    }),
    locks: (await locksOf(reads, personId)).map((lock) => lockAnswer(lock, viewer, ctxOfPolicy)),
  };
}

/** What became of the accounts of one person, newest first. */
export async function listAccountHistory(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  personId: string,
  { cursor, limit }: z.infer<typeof contract.AccountHistoryQuery>,
): Promise<contract.AccountHistoryAnswer> {
  mustSeeAccounts(ctx, await ctx.orgOf(reads), viewerId, personId);
  const rows = await reads.em.getRepository(AccountHistoryTable).find({
    where: { personId, ...(cursor && { id: LessThan(cursor) }) },
    order: { id: 'DESC' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    items: page.map(({ id, happenedAt, systemCode, fromState, toState, byName }) => ({
      historyId: id,
      at: happenedAt,
      systemName: systemOf(ctx.settings, systemCode)?.name ?? systemCode,
      words: fromState === toState ? '信息变更' : `${STATE_WORDS[fromState]} → ${STATE_WORDS[toState]}`,
      byName: whoWords(byName),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function mustSeeAccounts(ctx: AccountsContext, org: AccountsOrg, viewerId: string, personId: string): void {
  const mainUnitId = org.mainAssignmentOf(personId)?.unitId ?? null;
  const viewer = viewerOf(org, viewerId);
  if (!org.person(personId) || !policy.maySeeAccounts(viewer, personId, mainUnitId, policyOf(ctx, org)))
    throw notFound('accounts.not_visible');
}

export async function readCancellation(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  requestId: string,
): Promise<contract.CancellationAnswer> {
  const row = await loadCancellation(reads, requestId);
  if (!row) throw notFound('accounts.not_visible');
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, viewerId);
  const context = policyOf(ctx, org);
  const { state: request } = await loadRequest(reads, requestId);
  policy.mustSee(viewer, request, context);
  const { state } = row;
  const openHoldings = await countHeld(ctx, reads, row.personId);
  const runs = isRunning(state);
  const executes = runs && policy.mayExecute(viewer, request, context);
  const acceptedById = request.acceptedBy?.personId ?? null;
  const { step, toldAt, disabledAt, handedOverAt, graceUntilAt, deletedAt, backup } = state;
  return {
    requestId,
    personId: row.personId,
    step,
    toldAt,
    disabledAt,
    handedOverAt,
    graceUntilAt,
    deletedAt,
    backup: backup && { by: backup.by, at: backup.at, statement: backup.statement },
    sheetId: row.sheetId,
    obstacles: runs ? obstaclesOf(state, openHoldings, reads.now).map((one) => OBSTACLE_WORDS[one]) : [],
    can: {
      backUp: runs && backup === null && policy.mayBackUp(viewer, request, context),
      recall: executes,
      remove: executes && mayRelease(state, viewerId, acceptedById, openHoldings, reads.now),
    },
  };
}

/** What waits in one system for an exchange file or a hand: the rows of the file. */
export async function exchangeRows(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  systemCode: string,
  query: contract.ExchangeQuery,
): Promise<contract.ExchangeAnswer> {
  const org = await ctx.orgOf(reads);
  policy.mustBeIt(viewerOf(org, viewerId), ctx.settings);
  const found = await reads.em.getRepository(ItemTable).find({
    where: { systemCode, status: 'running', ...(query.cursor && { id: MoreThan(query.cursor) }) },
    order: { id: 'ASC' },
    take: query.limit + 1,
  });
  const items = found.slice(0, query.limit);
  const requests = new Map<string, RequestState>();
  const ids = [...new Set(items.map(({ requestId }) => requestId))];
  for (let at = 0; at < ids.length; at += IN_CHUNK) {
    const rows = await reads.em.getRepository(RequestTable).findBy({ id: In(ids.slice(at, at + IN_CHUNK)) });
    for (const row of rows) requests.set(row.id, row.state);
  }
  return {
    systemCode,
    next: found.length > query.limit ? (items.at(-1)?.id ?? null) : null,
    rows: items.flatMap(({ id, requestId, personId, act }) => {
      const state = requests.get(requestId);
      if (!state) return [];
      const filled = openFormOf(state);
      return [
        {
          itemId: id,
          requestNumber: state.number,
          staffNo: org.person(personId)?.staffNo ?? '',
          name: state.personName,
          act,
          actWords: ACT_WORDS[act],
          changes: filled.kind === 'change' ? filled.form.changes : [],
        },
      ];
    }),
  };
}
