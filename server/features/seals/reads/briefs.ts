import { In } from 'typeorm';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { CHECKOUT, USE, type SealsContext } from '../context.ts';
import type { UseBrief } from '../contract.ts';
import {
  CheckoutTable,
  SealTable,
  UseTable,
  type CheckoutRow,
  type SealRow,
  type UseRow,
} from '../tables.ts';
import { stateWords } from '../words.ts';

/** What is known of several uses at once. */
export interface Around {
  readonly org: OrgWithRoles;
  readonly seals: ReadonlyMap<string, SealRow>;
  /** Open checkouts by use. */
  readonly out: ReadonlyMap<string, CheckoutRow>;
  /** Open clocks by use: of the return while it is out, else of the stamping. */
  readonly clocks: ReadonlyMap<string, ObligationRow>;
}

export async function aroundOf(ctx: SealsContext, reads: Reads, rows: readonly UseRow[]): Promise<Around> {
  const ids = rows.map(({ id }) => id);
  const seals = await reads.em
    .getRepository(SealTable)
    .findBy({ id: In([...new Set(rows.map(({ sealId }) => sealId))]) });
  const checkouts = await reads.em.getRepository(CheckoutTable).findBy({ useId: In(ids) });
  const out = new Map(checkouts.filter(({ outKey }) => outKey !== null).map((one) => [one.useId, one]));
  const isOpen = ({ state }: ObligationRow): boolean => state === 'open';
  const stamping = (await ctx.supervision.listOfSubjects(reads, USE, ids)).filter(isOpen);
  const returning = (
    await ctx.supervision.listOfSubjects(
      reads,
      CHECKOUT,
      [...out.values()].map(({ id }) => id),
    )
  ).filter(isOpen);
  const useOf = new Map([...out.values()].map(({ id, useId }) => [id, useId]));
  return {
    org: await ctx.orgOf(reads),
    seals: new Map(seals.map((one) => [one.id, one])),
    out,
    clocks: new Map([
      ...stamping.map((row) => [row.subjectId, row] as const),
      ...returning.map((row) => [useOf.get(row.subjectId) ?? '', row] as const),
    ]),
  };
}

export function briefOf(ctx: SealsContext, around: Around, row: UseRow, now: number): UseBrief {
  const { org, seals, out, clocks } = around;
  const isOut = out.has(row.id);
  const clock = clocks.get(row.id);
  return {
    useId: row.id,
    number: row.number,
    requestId: row.requestId,
    requestNumber: row.requestNumber,
    sealName: seals.get(row.sealId)?.name ?? '',
    document: row.document,
    applicant: { id: row.applicantId, name: org.person(row.applicantId)?.name ?? '' },
    unitName: row.unitId === null ? '' : (org.placeOf(row.unitId)?.name ?? ''),
    approvedCopies: row.approvedCopies,
    stampedCopies: row.stampedCopies,
    state: row.state,
    stateWords: stateWords(row.state, isOut),
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    isOut,
    due: clock ? { ...ctx.supervision.dueOf(clock, now) } : null,
  };
}

/** In the order of the ids. */
export async function briefsOf(ctx: SealsContext, reads: Reads, ids: readonly string[]): Promise<UseBrief[]> {
  if (ids.length === 0) return [];
  const rows = await reads.em.getRepository(UseTable).findBy({ id: In([...ids]) });
  rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  const around = await aroundOf(ctx, reads, rows);
  return rows.map((row) => briefOf(ctx, around, row, reads.now));
}

export const countOf = async ({ em }: Reads, from: string, params: readonly unknown[]): Promise<number> => {
  const [row] = await em.query<{ n: number | string }[]>(`select count(*) as n from ${from}`, [...params]);
  return Number(row?.n ?? 0);
};

/** `%…%` with its own signs as letters, for `like ? escape '!'`. */
export const likeOf = (q: string): string => `%${q.replaceAll(/[!%_]/g, (one) => `!${one}`)}%`;
