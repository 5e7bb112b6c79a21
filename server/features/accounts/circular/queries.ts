import { LessThan } from 'typeorm';
import type { z } from 'zod';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, policyOf, viewerOf } from '../commands/context.ts';
import { isHr, isIt, maySendFor } from '../policy.ts';
import { mayIssue } from './commands.ts';
import { textOf, wordsOf } from './compose.ts';
import type { CircularAnswer, CircularsAnswer, CircularsQuery } from './contract.ts';
import { CircularTable } from './tables.ts';

/** For IT, who holds the duty, and HR; newest first. */
export async function listCirculars(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  { cursor, limit }: z.infer<typeof CircularsQuery>,
): Promise<CircularsAnswer> {
  const viewer = viewerOf(await ctx.orgOf(reads), viewerId);
  if (!isIt(viewer, ctx.settings) && !isHr(viewer, ctx.settings)) throw notFound('accounts.not_visible');
  const rows = await reads.em.getRepository(CircularTable).find({
    where: {
      ...(cursor && { id: LessThan(cursor) }),
      ...(!isIt(viewer, ctx.settings) && { state: 'issued' }),
    },
    order: { id: 'DESC' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    items: page.map(({ id, state, title, documentNumber, caseCount, unitIds, draftedAt, issuedAt }) => ({
      circularId: id,
      state,
      title,
      documentNumber,
      cases: caseCount,
      units: unitIds.length,
      draftedAt,
      issuedAt,
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** A draft is IT's; once issued, HR and whoever sends for a unit it names read it too. */
export async function readCircular(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  circularId: string,
): Promise<CircularAnswer> {
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, viewerId);
  const it = isIt(viewer, ctx.settings);
  const row = await reads.em.getRepository(CircularTable).findOneBy({ id: circularId });
  const isNamed = () => row?.unitIds.some((unitId) => maySendFor(viewer, unitId, policyOf(ctx, org)));
  if (!row || !(it || (row.state === 'issued' && isNamed()))) throw notFound('accounts.not_visible');
  const isDraft = row.state === 'draft';
  const { instructedBy, instructedOn, documentNumber, fileId } = row.instruction;
  return {
    circularId,
    state: row.state,
    version: row.version,
    words: wordsOf(row),
    ...(await textOf(ctx, reads, org, row)),
    cases: row.caseCount,
    units: row.unitIds.length,
    instruction: { instructedBy, instructedOn, documentNumber, fileId: it ? (fileId ?? null) : null },
    draftedByName: row.draftedByName,
    draftedAt: row.draftedAt,
    issuedByName: row.issuedByName,
    issuedAt: row.issuedAt,
    can: { edit: it && isDraft, discard: it && isDraft, issue: it && isDraft && mayIssue(row, viewerId) },
  };
}

/** The paper of the instruction, for IT. @throws notFound `accounts.not_visible` */
export async function instructionFile(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  circularId: string,
): Promise<string> {
  const { instruction } = await readCircular(ctx, reads, viewerId, circularId);
  if (instruction.fileId === null) throw notFound('accounts.not_visible');
  return instruction.fileId;
}
