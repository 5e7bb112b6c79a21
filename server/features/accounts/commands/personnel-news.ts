/** S3-0a: HR says that a post was taken, changed or left; the unit then owes the request, counted from that day. */
import { z } from 'zod';
import { In } from 'typeorm';
import { dateOf } from '../../../kernel/dates.ts';
import { systemActor } from '../../../kernel/actor.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { PersonChange } from '../../directory/index.ts';
import { Filled } from '../contract.ts';
import { linkArrival } from '../newcomers/link.ts';
import type { PersonnelNews } from '../news.ts';
import { nextNumber } from '../store.ts';
import { AccountTable } from '../tables.ts';
import type { AccountsContext } from './context.ts';
import { noteDuty } from './duties.ts';

export const DUTY_JOB = 'accounts.duty';
const MECHANISM = systemActor(`job:${DUTY_JOB}`);
const CHANGES = ['hired', 'returned', 'moved', 'left'] as const;
const Payload = z.object({ personId: z.string(), change: z.enum(CHANGES) });

/** Once per unit of work: a statement of HR tells of thousands. */
const books = new WeakMap<object, Promise<boolean>>();

/** Noted for later, so that a statement is not held up. Before the book has an account in it nobody owes anything. */
export async function hearOf(tx: Tx, { personId, kind }: PersonChange): Promise<void> {
  const change = CHANGES.find((one) => one === kind);
  if (change === undefined) return;
  const isOpen = books.get(tx) ?? tx.em.getRepository(AccountTable).exists();
  books.set(tx, isOpen);
  if (!(await isOpen)) return;
  enqueue(tx, { name: DUTY_JOB, key: `${personId}:${change}:${tx.now}`, payload: { personId, change } });
}

/** Looks at the present state first: who has no account left owes no cancellation, who has one no opening. */
export async function noteNews(ctx: AccountsContext, payload: unknown): Promise<void> {
  const { personId, change } = Payload.parse(payload);
  // Whose unit reported them before HR knew them: that report is the request they owe.
  if (change === 'hired' || change === 'returned') await linkArrival(ctx, personId);
  const filled = await ctx.db.read(async (reads) => {
    const news = await ctx.newsOf(reads, personId, change);
    if (news === null) return null;
    const hasAccount = await isAlive(reads, personId);
    return hasAccount === (news.kind === 'joined') ? null : formOf(ctx, reads, news);
  });
  if (filled === null) return;
  const number = await nextNumber(ctx.db, dateOf(ctx.clock.now()).slice(0, 4));
  await ctx.db.write(MECHANISM, (tx) => noteDuty(ctx, tx, { personId, filled, number }));
}

const isAlive = (reads: Reads, personId: string): Promise<boolean> =>
  reads.em.getRepository(AccountTable).existsBy({ personId, state: In(['opening', 'open', 'locked']) });

/** What HR knows of it; the unit fills in the rest. */
async function formOf(ctx: AccountsContext, reads: Reads, news: PersonnelNews): Promise<Filled> {
  const { on } = news;
  switch (news.kind) {
    case 'joined':
      return Filled.parse({ kind: 'open', form: { unitId: news.unitId, reportOn: on } });
    case 'left': {
      const leavingReason = news.retired ? 'retired' : null;
      return Filled.parse({ kind: 'cancel', form: { unitId: news.unitId, leftOn: on, leavingReason } });
    }
    case 'moved': {
      const org = await ctx.orgOf(reads);
      const { from, to } = news;
      const nameOf = (unitId: string) => org.unit(unitId)?.name ?? '';
      const isBetween = from.unitId !== to.unitId;
      const changes = [
        ...(isBetween ? [{ item: '部门', before: nameOf(from.unitId), after: nameOf(to.unitId) }] : []),
        ...(from.title === to.title ? [] : [{ item: '职务', before: from.title, after: to.title }]),
      ];
      const move = isBetween ? 'between' : 'within';
      const toUnitId = isBetween ? to.unitId : null;
      const form = { unitId: from.unitId, toUnitId, move, effectiveOn: on, changes };
      return Filled.parse({ kind: 'change', form });
    }
  }
}
