/** Screens and lists, each complete or an error (H2), filtered to what the viewer may see. */
import { In, MoreThan } from 'typeorm';
import type { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { loadCancellation } from './commands/cancellation-steps.ts';
import { type AccountsContext, policyOf, REQUEST, viewerOf } from './commands/context.ts';
import { locksOf } from './commands/lock-steps.ts';
import { OBSTACLE_WORDS, obstaclesOf } from './cancellation.ts';
import type * as contract from './contract.ts';
import { duesOf } from './dues.ts';
import { countHeld } from './handover/store.ts';
import { eventWords } from './event-words.ts';
import type { ItemState, RequestState } from './model.ts';
import type { AccountsOrg } from './org.ts';
import * as policy from './policy.ts';
import { openFormOf } from './secret.ts';
import { systemOf } from './settings.ts';
import { accountsOf, historyOf, loadRequest } from './store.ts';
import { AccountHistoryTable, ItemTable, LateCaseTable, RequestTable } from './tables.ts';
import { ACT_WORDS, KIND_WORDS, STATE_WORDS, STATUS_WORDS, stateWords, titleOf, whoWords } from './words.ts';

const IN_CHUNK = 400;

/** Newest first. Who is neither IT nor HR nor an acceptor sees what the own units send. */
export async function listRequests(
  ctx: AccountsContext,
  reads: Reads,
  personId: string,
  query: contract.RequestsQuery,
): Promise<contract.RequestsAnswer> {
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, personId);
  const scope = scopeOf(ctx, org, viewer);
  const report = sentFor(ctx, org, viewer).length > 0;
  const where: string[] = [];
  const params: unknown[] = [];
  const also = (sql: string, ...values: unknown[]) => {
    where.push(sql);
    params.push(...values);
  };
  if (scope !== 'all') {
    const kinds = acceptedKinds(ctx, viewer);
    const inUnits =
      scope.length > 0
        ? `id in (select requestId from account_sender where unitId in (${marks(scope)}))`
        : '1 = 0';
    const inKinds = kinds.length > 0 ? `kind in (${marks(kinds)})` : '1 = 0';
    also(`(${inUnits} or ${inKinds} or (personId = ? and kind <> 'lock'))`, ...scope, ...kinds, personId);
  }
  if (query.status) also('status = ?', query.status);
  if (query.kind) also('kind = ?', query.kind);
  if (query.personId) also('personId = ?', query.personId);
  if (query.cursor) also('id < ?', query.cursor);
  const rows = await reads.em.query<BriefRow[]>(
    `select id, requestNumber, kind, personId, personName, status, eventOn, createdAt from account_request
     ${where.length > 0 ? `where ${where.join(' and ')}` : ''} order by id desc limit ${query.limit + 1}`,
    params,
  );
  const page = rows.slice(0, query.limit);
  // A lock of one's own is told by other means, also to a head who would see it in a list of the unit.
  const shown = page.filter((row) => !(row.kind === 'lock' && row.personId === personId));
  const due = await duesOf(
    ctx,
    reads,
    REQUEST,
    shown.map(({ id }) => id),
  );
  const items = shown.map((row) => ({ ...briefOf(row), due: due(row.id) }));
  return { items, next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null, can: { report } };
}

interface BriefRow {
  id: string;
  requestNumber: string;
  kind: contract.RequestKind;
  personId: string;
  personName: string;
  status: contract.RequestStatus;
  eventOn: string;
  createdAt: number | string;
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

const briefOf = (row: BriefRow): Omit<contract.RequestBrief, 'due'> => ({
  requestId: row.id,
  number: row.requestNumber,
  kind: row.kind,
  kindWords: KIND_WORDS[row.kind],
  title: titleOf(row.kind, row.personName),
  personId: row.personId,
  personName: row.personName,
  status: row.status,
  statusWords: STATUS_WORDS[row.status],
  eventOn: row.eventOn,
  createdAt: Number(row.createdAt),
});

/** Ids of the units the viewer sends for; `all` for IT and HR. */
export function scopeOf(ctx: AccountsContext, org: AccountsOrg, viewer: policy.Viewer): 'all' | string[] {
  if (policy.isIt(viewer, ctx.settings) || policy.isHr(viewer, ctx.settings)) return 'all';
  return sentFor(ctx, org, viewer);
}

/** Ids of the units the viewer may send for. */
function sentFor(ctx: AccountsContext, org: AccountsOrg, viewer: policy.Viewer): string[] {
  const context = policyOf(ctx, org);
  return org.units().flatMap(({ unitId }) => (policy.maySendFor(viewer, unitId, context) ? [unitId] : []));
}

function acceptedKinds({ settings }: AccountsContext, { held }: policy.Viewer): string[] {
  const holds = (roles: readonly string[]) =>
    held.some(({ role, scopeUnitId }) => scopeUnitId === null && roles.includes(role));
  return Object.keys(KIND_WORDS).filter((kind) =>
    holds(settings.roles.acceptors[kind] ?? settings.roles.acceptors.other),
  );
}

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
  const history = await historyOf(reads, requestId);
  return {
    ...briefOf({ ...row, createdAt: row.createdAt }),
    due: (await duesOf(ctx, reads, REQUEST, [requestId]))(requestId),
    filled: openFormOf(state),
    senders: state.senders.map(({ by, ...sender }) => ({ ...sender, byName: by && whoWords(by.name) })),
    missing: [...state.missing],
    returnNote: state.returnNote,
    items: state.items.map((item) => itemAnswer(ctx, item)),
    history: history.map((event) => ({
      at: event.at,
      byName: whoWords(event.by.name),
      words: eventWords(event, state, ctx.settings),
    })),
    can: policy.canOf(viewer, state, policyOf(ctx, org)),
  };
}

function itemAnswer({ settings }: AccountsContext, item: ItemState): contract.ItemAnswer {
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
    proof: proof && { note: proof.note, fileId: proof.fileId, byName: whoWords(proof.by.name), at: proof.at },
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
  const viewer = viewerOf(org, viewerId);
  const ctxOfPolicy = policyOf(ctx, org);
  const mainUnitId = org.mainAssignmentOf(personId)?.unitId ?? null;
  if (!org.person(personId) || !policy.maySeeAccounts(viewer, personId, mainUnitId, ctxOfPolicy))
    throw notFound('accounts.not_visible');
  const rows = new Map((await accountsOf(reads, personId)).map((row) => [row.systemCode, row]));
  const past = await reads.em
    .getRepository(AccountHistoryTable)
    .find({ where: { personId }, order: { id: 'DESC' } });
  const nameOf = (code: string) => systemOf(ctx.settings, code)?.name ?? code;
  const codes = [...new Set([...ctx.settings.systems.map(({ code }) => code), ...rows.keys()])];
  return {
    personId,
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
      };
    }),
    history: past.map(({ happenedAt, systemCode, fromState, toState, byName }) => ({
      at: happenedAt,
      systemName: nameOf(systemCode),
      words: fromState === toState ? '信息变更' : `${STATE_WORDS[fromState]} → ${STATE_WORDS[toState]}`,
      byName: whoWords(byName),
    })),
    locks: (await locksOf(reads, personId)).map((lock) => {
      const sends = viewerId !== personId && policy.maySendFor(viewer, lock.unitId, ctxOfPolicy);
      return {
        lockId: lock.id,
        words: stateWords('locked', lock.sinceAt),
        // The end of a secondment tells that it is none of an investigation.
        untilOn: sends ? lock.untilOn : null,
        decided: lock.decisionRequestId !== null,
        can: {
          decide: sends && lock.decisionRequestId === null,
          recordResult: sends && lock.resultOn === null && lock.decisionRequestId === null,
          readReason: policy.mayReadReason(viewer, personId, ctxOfPolicy),
        },
      };
    }),
  };
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
  policy.mustSee(viewerOf(org, viewerId), (await loadRequest(reads, requestId)).state, policyOf(ctx, org));
  const { state } = row;
  const openHoldings = await countHeld(ctx, reads, row.personId);
  const over = state.step === 'deleting' || state.step === 'deleted' || state.step === 'recalled';
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
    obstacles: over ? [] : obstaclesOf(state, openHoldings, reads.now).map((one) => OBSTACLE_WORDS[one]),
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

/** S3-5: which unit was late and by how much. IT and HR see all, a unit its own. */
export async function listLateCases(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  query: z.infer<typeof contract.LateCasesQuery>,
): Promise<z.infer<typeof contract.LateCasesAnswer>> {
  const org = await ctx.orgOf(reads);
  const scope = scopeOf(ctx, org, viewerOf(org, viewerId));
  if (scope !== 'all' && scope.length === 0) return { items: [], next: null };
  const builder = reads.em.getRepository(LateCaseTable).createQueryBuilder('c').where('1 = 1');
  if (scope !== 'all') builder.andWhere('c.unitId in (:...scope)', { scope });
  if (query.unitId) builder.andWhere('c.unitId = :unitId', { unitId: query.unitId });
  if (query.cursor) builder.andWhere('c.id < :cursor', { cursor: query.cursor });
  const rows = await builder
    .orderBy('c.id', 'DESC')
    .limit(query.limit + 1)
    .getMany();
  const page = rows.slice(0, query.limit);
  return {
    items: page.map((row) => ({
      lateCaseId: row.id,
      requestId: row.requestId,
      unitId: row.unitId,
      unitName: org.unit(row.unitId)?.name ?? '',
      kindWords: KIND_WORDS[row.kind],
      eventOn: row.eventOn,
      dueOn: row.dueOn,
      submittedOn: row.submittedOn,
      lateWorkdays: row.lateWorkdays,
      origin: row.originType,
      state: row.state,
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}
