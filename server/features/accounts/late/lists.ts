/** S3-5: which unit was late with what, by how much, and who held it when the time ran out (G9). */
import { In } from 'typeorm';
import type { z } from 'zod';
import { groupBy } from '../../../kernel/group-by.ts';
import { idList } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { unitWorkdays } from '../clocks.ts';
import { isSendClockOf } from '../commands/clocks-of.ts';
import { type AccountsContext, REQUEST, viewerOf } from '../commands/context.ts';
import type * as contract from '../contract.ts';
import type { AccountsOrg } from '../org.ts';
import { scopeOf } from '../request-lists.ts';
import { LateCaseTable, type LateCaseRow, RequestTable } from '../tables.ts';
import { KIND_WORDS } from '../words.ts';

type Answer = z.infer<typeof contract.LateCasesAnswer>;

/** Newest first. IT and HR see all, a unit its own; nobody a case about their own lock. */
export async function listLateCases(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  query: z.infer<typeof contract.LateCasesQuery>,
): Promise<Answer> {
  const org = await ctx.orgOf(reads);
  const scope = scopeOf(ctx, org, viewerOf(org, viewerId));
  if (scope !== 'all' && scope.length === 0) return { items: [], next: null };
  const builder = reads.em
    .getRepository(LateCaseTable)
    .createQueryBuilder('c')
    .where(
      `not exists (select 1 from account_request r where r.id = c.requestId and r.kind = 'lock'
       and r.personId = :viewerId)`,
      { viewerId },
    );
  if (scope !== 'all') builder.andWhere(`c.unitId in ${idList(scope)}`);
  if (query.unitId) builder.andWhere('c.unitId = :unitId', { unitId: query.unitId });
  if (query.cursor) builder.andWhere('c.id < :cursor', { cursor: query.cursor });
  const rows = await builder
    .orderBy('c.id', 'DESC')
    .limit(query.limit + 1)
    .getMany();
  const page = rows.slice(0, query.limit);
  const lineOf = await linesOf(ctx, reads, org, page);
  return {
    items: page.map(lineOf),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** What the cases of one page say, with the clocks they are about. */
async function linesOf(ctx: AccountsContext, reads: Reads, org: AccountsOrg, page: readonly LateCaseRow[]) {
  const requestIds = [...new Set(page.map(({ requestId }) => requestId))];
  const clocks = groupBy(
    await ctx.supervision.listOfSubjects(reads, REQUEST, requestIds),
    ({ subjectId }) => subjectId,
  );
  const people = new Map(
    (
      await reads.em
        .getRepository(RequestTable)
        .find({ where: { id: In(requestIds) }, select: { id: true, personId: true, personName: true } })
    ).map((row) => [row.id, row]),
  );
  return (row: LateCaseRow): Answer['items'][number] => {
    const about = people.get(row.requestId);
    return {
      lateCaseId: row.id,
      requestId: row.requestId,
      personId: about?.personId ?? '',
      personName: about?.personName ?? '',
      unitId: row.unitId,
      unitName: org.unit(row.unitId)?.name ?? '',
      kindWords: KIND_WORDS[row.kind],
      eventOn: row.eventOn,
      dueOn: row.dueOn,
      submittedOn: row.submittedOn,
      lateWorkdays: row.lateWorkdays,
      allowance: allowanceWords(unitWorkdays(ctx.settings, row.kind)),
      breach: breachOf(org, firstBreach(clocks.get(row.requestId) ?? [], row.unitId)),
      origin: row.originType,
      state: row.state,
      documentNumber: row.instruction?.documentNumber ?? null,
      circularId: row.circularId,
    };
  };
}

const allowanceWords = (workdays: number): string => (workdays === 0 ? '当天' : `${workdays} 个工作日`);

/** Owed again after a return, the unit has several clocks; the first that ran out is when it was late from. */
const firstBreach = (clocks: readonly ObligationRow[], unitId: string): ObligationRow | null =>
  clocks
    .filter((clock) => clock.breachedAt !== null && isSendClockOf(clock, unitId))
    .sort((a, b) => (a.breachedAt ?? 0) - (b.breachedAt ?? 0))[0] ?? null;

function breachOf(org: AccountsOrg, clock: ObligationRow | null): Answer['items'][number]['breach'] {
  if (clock === null || clock.breachedAt === null) return null;
  const { breachPersonId, breachUnitId } = clock;
  return {
    at: clock.breachedAt,
    holderName: breachPersonId === null ? null : (org.person(breachPersonId)?.name ?? null),
    unitName: breachUnitId === null ? null : (org.unit(breachUnitId)?.name ?? null),
  };
}
