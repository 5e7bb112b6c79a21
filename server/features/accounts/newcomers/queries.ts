/** The list of newcomers who wait for HR's number, one of them with who may be meant, and the card on a request's page. */
import { In } from 'typeorm';
import { dateOf } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { PersonLike } from '../../directory/index.ts';
import { type AccountsContext, policyOf, REQUEST, viewerOf } from '../commands/context.ts';
import { clause, countIn, within, type Clause } from '../clause.ts';
import { duesOf } from '../dues.ts';
import { awaitsPerson } from '../engine/decide.ts';
import type { RequestState } from '../model.ts';
import type { AccountsOrg } from '../org.ts';
import * as policy from '../policy.ts';
import { loadRequest } from '../store.ts';
import { RequestTable, type RequestRow } from '../tables.ts';
import { STATUS_WORDS } from '../words.ts';
import type {
  NewcomerBox,
  NewcomerCandidate,
  NewcomerCard,
  NewcomerDetail,
  NewcomerOptions,
  NewcomerRowAnswer,
  NewcomersAnswer,
  NewcomersQuery,
} from './contract.ts';
import { openingOf } from './link.ts';
import { likenessOf } from './match.ts';
import { findNewcomer, nameOf, newcomerOf, reportedOf } from './store.ts';
import { NewcomerTable, type NewcomerRow } from './tables.ts';
import {
  ESTABLISHMENT_WORDS,
  LINKED_WORDS,
  NEWCOMER_STATE_WORDS,
  PAPER_WORDS,
  PERSON_CATEGORY_WORDS,
} from './words.ts';

const NEWCOMERS = 'account_newcomer n';
const STATES: Readonly<Record<NewcomerBox, readonly string[]>> = {
  waiting: ['waiting'],
  linked: ['linked', 'opened'],
  ended: ['ended'],
};

/** For HR. Newest first. */
export async function listNewcomers(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  { box, cursor, limit }: NewcomersQuery,
): Promise<NewcomersAnswer> {
  const org = await ctx.orgOf(reads);
  policy.mustBeHr(viewerOf(org, viewerId), ctx.settings);
  const inBox = (of: NewcomerBox): Clause => within('n.state', STATES[of]);
  const where = inBox(box);
  const here = cursor === undefined ? where : clause(`${where.sql} and n.id < ?`, ...where.params, cursor);
  const found = await reads.em.query<{ id: string }[]>(
    `select n.id from ${NEWCOMERS} where ${here.sql} order by n.id desc limit ${limit + 1}`,
    [...here.params],
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await reads.em.getRepository(NewcomerTable).findBy({ id: In(ids) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const page = ids.flatMap((id) => byId.get(id) ?? []);
  const count = (of: NewcomerBox) => countIn(reads, NEWCOMERS, inBox(of));
  return {
    items: await answersOf(ctx, reads, org, page),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
    counts:
      cursor === undefined
        ? { waiting: await count('waiting'), linked: await count('linked'), ended: await count('ended') }
        : null,
  };
}

async function answersOf(
  ctx: AccountsContext,
  reads: Reads,
  org: AccountsOrg,
  rows: readonly NewcomerRow[],
): Promise<NewcomerRowAnswer[]> {
  const ids = rows.map(({ requestId }) => requestId);
  const requests = await reads.em.getRepository(RequestTable).findBy({ id: In(ids) });
  const byId = new Map(requests.map((request) => [request.id, request]));
  const due = await duesOf(ctx, reads, REQUEST, ids);
  const waiting = rows.filter(({ state }) => state === 'waiting');
  const people = await likelyOf(ctx, reads, waiting);
  return rows.flatMap((row) => {
    const request = byId.get(row.requestId);
    if (!request) return [];
    const candidates = row.state === 'waiting' ? meantBy(ctx, row, people).length : 0;
    return [{ ...answerOf(org, row, request, candidates), due: due(row.requestId) }];
  });
}

function answerOf(
  org: AccountsOrg,
  row: NewcomerRow,
  { state, requestNumber }: RequestRow,
  candidates: number,
): Omit<NewcomerRowAnswer, 'due'> {
  return {
    requestId: row.requestId,
    number: requestNumber,
    state: row.state,
    stateWords: NEWCOMER_STATE_WORDS[row.state],
    nameMasked: row.nameMasked,
    idTypeWords: row.idType ? PAPER_WORDS[row.idType] : '',
    idNumber: row.idNumberMasked ?? '',
    mobile: row.mobileMasked ?? '',
    unitName: state.senders[0]?.unitName ?? '',
    title: row.title ?? '',
    reportOn: state.eventOn,
    reportedAt: row.reportedAt,
    candidates,
    registered: row.personId === null ? null : registeredOf(org, row.personId),
    linkedWords: row.linkedBy && LINKED_WORDS[row.linkedBy],
  };
}

function registeredOf(org: AccountsOrg, personId: string): NonNullable<NewcomerRowAnswer['registered']> {
  const person = org.person(personId);
  const unitId = org.mainAssignmentOf(personId)?.unitId;
  const unitName = unitId === undefined ? '' : (org.unit(unitId)?.name ?? '');
  return { personId, staffNo: person?.staffNo ?? '', name: person?.name ?? '', unitName };
}

/** Who has one of their numbers or their name. */
async function likelyOf(
  ctx: AccountsContext,
  reads: Reads,
  rows: readonly NewcomerRow[],
): Promise<PersonLike[]> {
  if (rows.length === 0) return [];
  return ctx.identities.peopleLike(reads, {
    idNumberPrints: rows.flatMap(({ idNumberPrint }) => idNumberPrint ?? []),
    mobilePrints: rows.flatMap(({ mobilePrint }) => mobilePrint ?? []),
    names: rows.flatMap((row) => nameOf(ctx.vault, row) ?? []),
  });
}

/** B5: who has another ID number is nobody's candidate. A name alone is one for a human to judge. */
function meantBy({ vault }: AccountsContext, row: NewcomerRow, people: readonly PersonLike[]): PersonLike[] {
  const marks = reportedOf(vault, row);
  return people.filter((person) => {
    const likeness = likenessOf(marks, person);
    if (likeness === 'differ') return false;
    if (likeness !== 'weak') return true;
    const sameMobile = row.mobilePrint !== null && person.mobilePrint === row.mobilePrint;
    return person.name === marks.name || (sameMobile && person.state !== 'left');
  });
}

/** One of them for HR, with everybody of the record who may be meant. */
export async function readNewcomerOf(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  requestId: string,
): Promise<NewcomerDetail> {
  const request = await loadRequest(reads, requestId);
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, viewerId);
  const context = policyOf(ctx, org);
  policy.mustSee(viewer, request.state, context);
  policy.mustBeHr(viewer, ctx.settings);
  const row = await newcomerOf(reads, requestId);
  const mayLink = policy.mayLink(viewer, request.state, context);
  const people = row.state === 'waiting' ? await likelyOf(ctx, reads, [row]) : [];
  const meant = meantBy(ctx, row, people).sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1));
  const can = policy.canOf(viewer, request.state, context);
  const [brief] = await answersOf(ctx, reads, org, [row]);
  if (!brief) throw notFound('accounts.not_visible');
  return {
    ...brief,
    status: request.status,
    statusWords: STATUS_WORDS[request.status],
    card: cardFrom(ctx, row),
    candidates: await Promise.all(
      meant.map(async (person) => {
        const { isUnderWay } = await openingOf(reads, person.personId, requestId);
        const isFree = mayLink && person.personId !== viewerId;
        return candidateOf(ctx, org, row, person, isFree, isUnderWay);
      }),
    ),
    can: {
      link: mayLink && awaitsPerson(request.state) && row.state === 'waiting',
      unlink: mayLink && row.state === 'linked',
      reveal: mayLink && row.idNumberSealed !== null,
      giveBack: can.giveBack,
    },
  };
}

function candidateOf(
  { vault }: AccountsContext,
  org: AccountsOrg,
  row: NewcomerRow,
  person: PersonLike,
  mayLink: boolean,
  hasOpening: boolean,
): NewcomerCandidate {
  const { personId, staffNo, name, state, statusOn } = person;
  const same = (one: string | null, other: string | null) =>
    one === null || other === null ? null : one === other;
  const isFormer = state === 'left';
  return {
    ...registeredOf(org, personId),
    staffNo,
    name,
    isFormer,
    leftOn: isFormer ? statusOn : null,
    sameIdNumber: same(row.idNumberPrint, person.idNumberPrint),
    sameMobile: same(row.mobilePrint, person.mobilePrint) ?? false,
    sameName: name === nameOf(vault, row),
    isRejected: row.rejected.includes(personId),
    hasOpening,
    mayLink: mayLink && !isFormer && !hasOpening,
  };
}

/** For the request's page: the name as the unit wrote it, the numbers masked. */
export async function cardOf(
  ctx: AccountsContext,
  reads: Reads,
  { unknown, requestId }: RequestState,
): Promise<NewcomerCard | null> {
  if (!unknown) return null;
  const row = await findNewcomer(reads, requestId);
  return row && cardFrom(ctx, row);
}

function cardFrom({ vault }: AccountsContext, row: NewcomerRow): NewcomerCard | null {
  const name = nameOf(vault, row);
  if (name === null) return null;
  const { state, sex, idType, personCategory, establishment } = row;
  return {
    state,
    name,
    sex,
    idType,
    idTypeWords: idType ? PAPER_WORDS[idType] : '',
    idNumber: row.idNumberMasked ?? '',
    mobile: row.mobileMasked ?? '',
    title: row.title ?? '',
    personCategory,
    personCategoryWords: PERSON_CATEGORY_WORDS[personCategory],
    establishment,
    establishmentWords: establishment ? ESTABLISHMENT_WORDS[establishment] : '',
    linkedWords: row.linkedBy && LINKED_WORDS[row.linkedBy],
  };
}

/** What a form for newcomers offers. */
export async function newcomerOptions(ctx: AccountsContext, reads: Reads): Promise<NewcomerOptions> {
  await ctx.orgOf(reads);
  const systems = ctx.settings.systems.map(({ code, name, byDefault }) => ({ code, name, byDefault }));
  return { today: dateOf(reads.now), systems };
}
