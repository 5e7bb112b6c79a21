import { systemActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { LeaveContext } from '../context.ts';
import { owedOn, type Owed, type Served } from '../plan.ts';
import { accountsOf, accountsOfYear, book, type AccountStanding } from '../store.ts';
import { ServiceTable, type ServiceRow } from '../tables.ts';

export const KEEP_UP_JOB = 'leave.keep_up';
const AT_ONCE = 50;

/**
 * Every night: days by years of service, what goes into the new year and what lapses. Looks at what is booked first, so
 * that a repetition, or a night that was missed, changes nothing and loses nothing.
 */
export async function keepUp(ctx: LeaveContext): Promise<void> {
  const waiting = await ctx.db.read((reads) => peopleWhoAreOwed(ctx, reads));
  for (let at = 0; at < waiting.length; at += AT_ONCE)
    await ctx.db.write(systemActor(KEEP_UP_JOB), async (tx) => {
      for (const personId of waiting.slice(at, at + AT_ONCE)) {
        await ctx.approvals.lockApplicant(tx, personId);
        await bookOwed(ctx, tx, personId);
      }
    });
}

async function peopleWhoAreOwed(ctx: LeaveContext, reads: Reads): Promise<string[]> {
  const today = dateOf(reads.now);
  const year = Number(today.slice(0, 4));
  const [org, employed, services, years] = await Promise.all([
    ctx.orgOf(reads),
    ctx.employedSince(reads),
    reads.em.getRepository(ServiceTable).find(),
    Promise.all([year - 2, year - 1, year, year + 1].map((one) => accountsOfYear(reads, one))),
  ]);
  const said = new Map(services.map((row) => [row.id, row]));
  return org.people().flatMap(({ personId, category }) => {
    const served = servedOf(said.get(personId), employed.get(personId), isConcerned(ctx, category));
    const accounts = years.flatMap((of) => of.get(personId) ?? []);
    return owedOn(today, served, accounts, ctx.settings).length > 0 ? [personId] : [];
  });
}

const isConcerned = ({ settings }: LeaveContext, category: string): boolean =>
  settings.categories.includes(category);

/** What HR said goes before what the directory knows; of other people nothing is known. */
export const servedOf = (
  said: Pick<ServiceRow, 'workSinceOn' | 'isEntitled'> | undefined,
  employedOn: string | undefined,
  concerned: boolean,
): Served => ({
  workSinceOn: said?.workSinceOn ?? (concerned ? (employedOn ?? null) : null),
  isEntitled: said === undefined || Boolean(said.isEntitled),
});

/** Under the person's lock. */
export async function bookOwed(ctx: LeaveContext, tx: Tx, personId: string): Promise<readonly Owed[]> {
  const today = dateOf(tx.now);
  const person = (await ctx.orgOf(tx)).person(personId);
  const said = await tx.em.getRepository(ServiceTable).findOneBy({ id: personId });
  const employedOn = (await ctx.employedSince(tx, [personId])).get(personId);
  const served = servedOf(
    said ?? undefined,
    employedOn,
    person !== null && isConcerned(ctx, person.category),
  );
  const accounts: AccountStanding[] = await accountsOf(tx, personId, Number(today.slice(0, 4)) - 2);
  const owed = owedOn(today, served, accounts, ctx.settings);
  await book(
    tx,
    ctx.vault,
    owed.map((entry) => ({ ...entry, personId })),
  );
  return owed;
}
