import type { PersonActor } from '../../kernel/actor.ts';
import { recordAct } from '../../platform/audit/index.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { readChain, verifySoon } from './chain.ts';
import { clocksOf } from './clocks.ts';
import * as contract from './contract.ts';
import { readEntry } from './detail.ts';
import { collect, fileOf, noteExport } from './export-entries.ts';
import * as forget from './forget.ts';
import type { AdminDeps } from './deps.ts';
import { mustAudit } from './policy.ts';
import { listEntries } from './queries.ts';

export function adminRoutes(deps: AdminDeps): Route[] {
  const { db, clock, access, supervision, anchorFile } = deps;

  /** Whoever reads the record is on it: the look is written before the answer leaves. */
  async function look<T>(
    actor: PersonActor,
    action: string,
    targetId: string,
    read: (reads: Reads) => Promise<T>,
  ): Promise<T> {
    mustAudit(actor);
    // Read outside the unit of work: a search through months must not keep writers waiting.
    const answer = await db.read(read);
    await db.write(actor, async (tx) => recordAct(tx, { action, targetType: 'audit', targetId }));
    return answer;
  }

  return [
    route({
      method: 'get',
      path: '/api/audit/entries',
      summary: 'The record, newest first; for auditors, each look recorded',
      auth: 'person',
      query: contract.EntriesQuery,
      answer: contract.EntriesAnswer,
      handle: ({ actor, query }) =>
        look(actor, 'audit.list', query.targetId ?? query.actorId ?? 'entries', async (reads) =>
          listEntries(reads, await access.orgOf(reads), query),
        ),
    }),
    route({
      method: 'get',
      path: '/api/audit/entries/:entryId',
      summary: 'One entry with its personal part, where that may be opened; recorded',
      auth: 'person',
      params: contract.ByEntry,
      answer: contract.EntryAnswer,
      handle: ({ actor, params }) =>
        look(actor, 'audit.open', params.entryId, async (reads) =>
          readEntry(
            reads,
            deps,
            await access.orgOf(reads),
            params.entryId,
            await access.mayKnow(reads, actor, 'lockReason'),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/api/audit/clocks',
      summary: 'Who held each step of something, for how long, by which calendar; recorded',
      auth: 'person',
      query: contract.ClocksQuery,
      answer: contract.ClocksAnswer,
      handle: ({ actor, query }) =>
        look(actor, 'audit.clocks', query.targetId, async (reads) =>
          clocksOf(reads, supervision, await access.orgOf(reads), query),
        ),
    }),
    route({
      method: 'get',
      path: '/api/audit/export',
      summary: 'The same list as .xlsx without personal parts; recorded, at most 5,000 entries',
      auth: 'person',
      query: contract.ExportEntriesQuery,
      handle: async ({ actor, query, ctx }) => {
        mustAudit(actor);
        const taken = await db.read(async (reads) => collect(reads, await access.orgOf(reads), query));
        await db.write(actor, async (tx) => noteExport(tx, taken));
        const file = await fileOf(taken, actor.name, clock.now());
        sendSheet(ctx, file);
      },
    }),
    route({
      method: 'get',
      path: '/api/audit/chain',
      summary: 'Is the record whole: head, last head outside, what the last verification found',
      auth: 'person',
      answer: contract.ChainAnswer,
      handle: ({ actor }) => {
        mustAudit(actor);
        return db.read((reads) => readChain(reads, anchorFile));
      },
    }),
    route({
      method: 'post',
      path: '/api/audit/chain/verify',
      summary: 'Have the whole record verified now',
      auth: 'person',
      answer: contract.VerifyAnswer,
      handle: async ({ actor }) => {
        mustAudit(actor);
        await db.write(actor, async (tx) => verifySoon(tx));
        return { ok: true as const };
      },
    }),
    ...forgettingRoutes(deps),
  ];
}

const DONE = { ok: true } as const;

/** H9: two security administrators, one after the other. */
const forgettingRoutes = (deps: AdminDeps): Route[] => [
  route({
    method: 'get',
    path: '/api/audit/former-people',
    summary: 'Who left so long ago that the key to what the record holds of them may go',
    auth: 'person',
    query: contract.FormerQuery,
    answer: contract.FormerAnswer,
    handle: ({ actor, query }) => deps.db.read((reads) => forget.listFormer(reads, deps, actor, query)),
  }),
  route({
    method: 'post',
    path: '/api/audit/people/:personId/forget',
    summary: 'Propose to destroy the key to what the record holds of somebody who left; holds 24 hours',
    auth: 'person',
    params: contract.ByPerson,
    body: contract.ProposeRequest,
    answer: contract.Done,
    handle: async ({ actor, params }) => {
      await deps.db.write(actor, (tx) => forget.proposeForgetting(tx, deps, params.personId));
      return DONE;
    },
  }),
  route({
    method: 'post',
    path: '/api/audit/people/:personId/forget/confirm',
    summary: 'As another person, destroy the key that was proposed; cannot be undone',
    auth: 'person',
    params: contract.ByPerson,
    body: contract.ForgetRequest,
    answer: contract.ForgetAnswer,
    handle: async ({ actor, params, body }) => ({
      entries: await deps.db.write(actor, (tx) =>
        forget.confirmForgetting(tx, deps, params.personId, body.phrase),
      ),
    }),
  }),
  route({
    method: 'post',
    path: '/api/audit/people/:personId/forget/withdraw',
    summary: 'Take such a proposal back',
    auth: 'person',
    params: contract.ByPerson,
    body: contract.ProposeRequest,
    answer: contract.Done,
    handle: async ({ actor, params }) => {
      await deps.db.write(actor, (tx) => forget.withdrawForgetting(tx, params.personId));
      return DONE;
    },
  }),
];
