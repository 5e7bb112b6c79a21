/** Lists of requests: what waits for the reader, what went through their hands, everything they may see. */
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { DAY_MS } from '../../kernel/dates.ts';
import { type AccountsContext, policyOf, REQUEST, viewerOf } from './commands/context.ts';
import type * as contract from './contract.ts';
import { both, type Clause, clause, countIn, either, NONE, within } from './clause.ts';
import { duesOf } from './dues.ts';
import { everyUnit, type AccountsOrg } from './org.ts';
import * as policy from './policy.ts';
import { KIND_WORDS, STATUS_WORDS, titleOf } from './words.ts';

const REQUESTS = 'account_request r';

/** Newest first. Who is neither IT nor HR nor an acceptor sees what the own units send. */
export async function listRequests(
  ctx: AccountsContext,
  reads: Reads,
  personId: string,
  query: contract.RequestsQuery,
): Promise<contract.RequestsAnswer> {
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, personId);
  const report = sentFor(ctx, org, viewer).length > 0;
  const seen = both(visibleTo(ctx, org, viewer), asked(query));
  const boxes = {
    waiting: () => both(seen, waitingFor(ctx, org, viewer, reads.now)),
    mine: () => both(seen, throughHandsOf(personId)),
    all: () => seen,
  };
  const wanted = boxes[query.box]();
  const here = query.cursor === undefined ? wanted : both(wanted, clause('r.id < ?', query.cursor));
  const rows = await reads.em.query<BriefRow[]>(
    `select r.id, r.requestNumber, r.kind, r.personId, r.personName, r.status, r.eventOn, r.createdAt
     from ${REQUESTS} where ${here.sql} order by r.id desc limit ${query.limit + 1}`,
    [...here.params],
  );
  const page = rows.slice(0, query.limit);
  const due = await duesOf(
    ctx,
    reads,
    REQUEST,
    page.map(({ id }) => id),
  );
  return {
    items: page.map((row) => ({ ...briefOf(row), due: due(row.id) })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    counts:
      query.cursor === undefined
        ? {
            waiting: await countIn(reads, REQUESTS, boxes.waiting()),
            mine: await countIn(reads, REQUESTS, boxes.mine()),
            all: await countIn(reads, REQUESTS, boxes.all()),
          }
        : null,
    can: { report },
  };
}

/** A lock of one's own is told by other means, also to a head who would see it in a list of the unit. */
function visibleTo(ctx: AccountsContext, org: AccountsOrg, viewer: policy.Viewer): Clause {
  const { personId } = viewer;
  const notOwnLock = clause(`not (r.kind = 'lock' and r.personId = ?)`, personId);
  const scope = scopeOf(ctx, org, viewer);
  if (scope === 'all') return notOwnLock;
  const inUnits = ofSenders(within('s.unitId', scope));
  return both(
    notOwnLock,
    either(inUnits, within('r.kind', acceptedKinds(ctx, viewer)), clause('r.personId = ?', personId)),
  );
}

function asked({ status, kind, personId }: contract.RequestsQuery): Clause {
  const parts = [
    ...(status ? [clause('r.status = ?', status)] : []),
    ...(kind ? [clause('r.kind = ?', kind)] : []),
    ...(personId ? [clause('r.personId = ?', personId)] : []),
  ];
  return parts.length > 0 ? both(...parts) : clause('1 = 1');
}

const ofSenders = ({ sql, params }: Clause): Clause =>
  clause(`exists (select 1 from account_sender s where s.requestId = r.id and ${sql})`, ...params);

const throughHandsOf = (personId: string): Clause =>
  either(clause('r.createdById = ?', personId), ofSenders(clause('s.sentBy = ?', personId)));

/**
 * What this person, in their roles, could act on now, as `policy.canOf` says of each: units that have not sent yet,
 * what is to be accepted, what is to be carried out. HR may send for every unit, but a unit's duty does not wait for
 * HR. Nothing about oneself waits for oneself (H3).
 */
function waitingFor(ctx: AccountsContext, org: AccountsOrg, viewer: policy.Viewer, now: number): Clause {
  const { personId } = viewer;
  const context = policyOf(ctx, org);
  const units = everyUnit(org).flatMap(({ unitId }) =>
    policy.holdsUnit(viewer, unitId, context) ? [unitId] : [],
  );
  const toSend = both(
    clause(`r.status in ('draft', 'returned')`),
    ofSenders(both(clause('s.sentAt is null'), within('s.unitId', units))),
  );
  const sentByMe = ofSenders(clause('s.sentBy = ?', personId));
  const toAccept = both(
    clause(`r.status in ('submitted', 'awaiting')`),
    within('r.kind', acceptedKinds(ctx, viewer)),
    clause(`not ${sentByMe.sql}`, ...sentByMe.params),
  );
  const toCarryOut = policy.isIt(viewer, ctx.settings) ? forIt(ctx, now) : NONE;
  return both(clause('r.personId <> ?', personId), either(toSend, toAccept, toCarryOut));
}

/** Accepted; or an item that no connector does, or that one refused; or a deletion whose grace is over. */
function forIt({ settings }: AccountsContext, now: number): Clause {
  const byHand = settings.systems.flatMap(({ code, grade }) => (grade === 'api' ? [] : [code]));
  const item = either(
    clause(`i.status = 'failed'`),
    both(clause(`i.status = 'running'`), within('i.systemCode', byHand)),
  );
  const graceOver = now - settings.graceDays * DAY_MS;
  return either(
    clause(`r.status = 'accepted'`),
    both(
      clause(`r.status = 'executing'`),
      either(
        clause(
          `exists (select 1 from account_item i where i.requestId = r.id and ${item.sql})`,
          ...item.params,
        ),
        clause(
          `r.kind = 'cancel'
           and exists (select 1 from account_item i where i.requestId = r.id and i.status = 'waiting')
           and exists (select 1 from handover_sheet h where h.requestId = r.id and h.closedAt <= ?)`,
          graceOver,
        ),
      ),
    ),
  );
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

export const briefOf = (row: BriefRow): Omit<contract.RequestBrief, 'due'> => ({
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
export function sentFor(ctx: AccountsContext, org: AccountsOrg, viewer: policy.Viewer): string[] {
  const context = policyOf(ctx, org);
  return everyUnit(org).flatMap(({ unitId }) => (policy.maySendFor(viewer, unitId, context) ? [unitId] : []));
}

function acceptedKinds({ settings }: AccountsContext, { held }: policy.Viewer): string[] {
  const holds = (roles: readonly string[]) =>
    held.some(({ role, scopeUnitId }) => scopeUnitId === null && roles.includes(role));
  return Object.keys(KIND_WORDS).filter((kind) =>
    holds(settings.roles.acceptors[kind] ?? settings.roles.acceptors.other),
  );
}
