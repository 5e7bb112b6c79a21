import type { z } from 'zod';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { LeaveContext } from '../context.ts';
import type { AccountAnswer, AccountQuery, AccountsAnswer, AccountsQuery } from '../contract.ts';
import { mustBeHr } from '../reach.ts';
import { accountsOf, accountsOfYear, NOTE } from '../store.ts';
import { EntryTable, ServiceTable } from '../tables.ts';
import { kindWords } from '../words.ts';
import { balanceOf, typesOf, yearOf } from './balances.ts';

/** Everybody's accounts of a year, for who keeps them; by staff number. */
export async function listAccounts(
  ctx: LeaveContext,
  reads: Reads,
  actorId: string,
  query: z.infer<typeof AccountsQuery>,
): Promise<AccountsAnswer> {
  const org = await ctx.orgOf(reads);
  mustBeHr(org, ctx.settings, actorId);
  const { cursor, limit } = query;
  const year = query.year ?? yearOf(reads);
  const types = await typesOf(ctx, reads);
  const people = peopleWithAccounts(ctx, org, query);
  const shown = people.filter(({ staffNo }) => cursor === undefined || staffNo > cursor).slice(0, limit);
  const accounts = await accountsOfYear(
    reads,
    year,
    shown.map(({ personId }) => personId),
  );
  const last = shown.at(-1);
  return {
    year,
    years: yearsOf(reads),
    types: types.map((one) => ({ ...one, isByService: isByService(ctx, one.type) })),
    total: people.length,
    items: shown.map(({ personId, name, staffNo }) => ({
      personId,
      name,
      staffNo,
      unitName: org.briefOf(personId)?.unitName ?? '',
      balances: types.map((type) =>
        balanceOf(
          ctx,
          type,
          year,
          accounts.get(personId)?.find(({ leaveType }) => leaveType === type.type),
        ),
      ),
    })),
    next: last && people.at(-1) !== last ? last.staffNo : null,
  };
}

/** Whose accounts are kept, by staff number; of a unit and what is below it, or like a name or number. */
export const peopleWithAccounts = (
  { settings }: Pick<LeaveContext, 'settings'>,
  org: OrgWithRoles,
  { q, unitId }: { readonly q?: string | undefined; readonly unitId?: string | undefined },
) =>
  org
    .people()
    .filter(
      ({ personId, name, staffNo, category }) =>
        settings.categories.includes(category) &&
        (q === undefined || name.includes(q) || staffNo.includes(q)) &&
        (unitId === undefined ||
          org.assignmentsOf(personId).some((post) => org.isWithin(post.unitId, unitId))),
    )
    .sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1));

export const isByService = ({ settings }: Pick<LeaveContext, 'settings'>, type: string): boolean =>
  settings.types.some((one) => one.type === type && one.byService !== null);

const yearsOf = (reads: Reads): number[] => [1, 0, -1].map((more) => yearOf(reads) + more);

/** One person's account, line by line, the latest first. */
export async function readAccount(
  ctx: LeaveContext,
  reads: Reads,
  actorId: string,
  personId: string,
  { cursor, limit }: z.infer<typeof AccountQuery>,
): Promise<AccountAnswer> {
  const org = await ctx.orgOf(reads);
  mustBeHr(org, ctx.settings, actorId);
  const person = org.person(personId);
  if (!person) throw notFound('leave.no_person');
  const types = await typesOf(ctx, reads);
  const years = yearsOf(reads);
  const accounts = await accountsOf(reads, personId, Math.min(...years));
  const said = await reads.em.getRepository(ServiceTable).findOneBy({ id: personId });
  const query = reads.em
    .getRepository(EntryTable)
    .createQueryBuilder('e')
    .where('e.personId = :personId', { personId });
  if (cursor !== undefined) query.andWhere('e.id < :cursor', { cursor });
  const rows = await query
    .orderBy('e.id', 'DESC')
    .limit(limit + 1)
    .getMany();
  const shown = rows.slice(0, limit);
  return {
    personId,
    name: person.name,
    staffNo: person.staffNo,
    unitName: org.briefOf(personId)?.unitName ?? '',
    service: {
      workSinceOn: said?.workSinceOn ?? null,
      employedOn: (await ctx.employedSince(reads, [personId])).get(personId) ?? null,
      isEntitled: said === null || Boolean(said.isEntitled),
    },
    types,
    years,
    balances: types.flatMap((type) =>
      years.map((year) =>
        balanceOf(
          ctx,
          type,
          year,
          accounts.find(({ leaveType, leaveYear }) => leaveType === type.type && leaveYear === year),
        ),
      ),
    ),
    canKeep: personId !== actorId,
    entries: {
      items: shown.map((row) => ({
        id: row.id,
        at: row.bookedAt,
        label: types.find(({ type }) => type === row.leaveType)?.label ?? row.leaveType,
        year: row.leaveYear,
        kindWords: kindWords(row.kind),
        days: row.halves / 2,
        note: row.noteSealed === null ? '' : ctx.vault.open(NOTE, row.noteSealed),
        byName: row.byName,
        requestId: row.requestId,
      })),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    },
  };
}
