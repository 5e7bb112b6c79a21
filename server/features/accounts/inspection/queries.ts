import { IsNull, MoreThan, Not } from 'typeorm';
import type { z } from 'zod';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, LETTER, policyOf, viewerOf } from '../commands/context.ts';
import type * as contract from '../contract.ts';
import { duesOf } from '../dues.ts';
import type { AccountsOrg } from '../org.ts';
import { isHr, isIt, mayReply } from '../policy.ts';
import { systemOf } from '../settings.ts';
import { letterFor } from './reply.ts';
import { FindingTable, InspectionTable, LetterItemTable, LetterTable, type InspectionRow } from './tables.ts';

/** For IT and HR; units see their letters only. */
export async function readInspection(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  inspectionId: string,
): Promise<contract.InspectionAnswer> {
  await mayLook(ctx, reads, viewerId);
  const row = await inspectionOf(reads, inspectionId);
  return {
    inspectionId: row.id,
    systemCode: row.systemCode,
    month: row.inspectedMonth,
    versionNumber: row.versionNumber,
    fromOn: row.fromOn,
    untilOn: row.untilOn,
    ranAt: row.ranAt,
    state: row.state,
    figures: row.figures,
    sources: row.sources,
    letters: await letterFigures(reads, row),
  };
}

async function letterFigures(
  reads: Reads,
  { systemCode, inspectedMonth }: InspectionRow,
): Promise<contract.InspectionAnswer['letters']> {
  const [row] = await reads.em.query<Record<'sent' | 'accounts' | 'replied', string | number | null>[]>(
    `select count(distinct l.id) as sent, count(i.id) as accounts, count(i.repliedAt) as replied
     from account_letter l left join account_letter_item i on i.letterId = l.id
     where l.systemCode = ? and l.inspectedMonth = ? and l.state = 'sent'`,
    [systemCode, inspectedMonth],
  );
  return {
    sent: Number(row?.sent ?? 0),
    accounts: Number(row?.accounts ?? 0),
    replied: Number(row?.replied ?? 0),
  };
}

/** The letters of an inspection's month, whatever version sent them (G8), with how far each is answered. */
export async function listLetters(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  inspectionId: string,
  { cursor, limit }: z.infer<typeof contract.LettersQuery>,
): Promise<contract.LettersAnswer> {
  const org = await mayLook(ctx, reads, viewerId);
  const { systemCode, inspectedMonth } = await inspectionOf(reads, inspectionId);
  const rows = await reads.em.getRepository(LetterTable).find({
    where: { systemCode, inspectedMonth, state: 'sent', ...(cursor && { id: MoreThan(cursor) }) },
    order: { id: 'ASC' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const countsOf = await countsByLetter(
    reads,
    page.map(({ id }) => id),
  );
  return {
    items: page.map((letter) => ({
      letterId: letter.id,
      unitId: letter.unitId,
      unitName: org.unit(letter.unitId)?.name ?? '',
      forLeaders: letter.forLeaders,
      sentAt: letter.sentAt,
      ...countsOf(letter.id),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

interface Counts {
  readonly accounts: number;
  readonly replied: number;
}

async function countsByLetter(
  reads: Reads,
  letterIds: readonly string[],
): Promise<(letterId: string) => Counts> {
  if (letterIds.length === 0) return () => ({ accounts: 0, replied: 0 });
  const rows = await reads.em.query<
    { letterId: string; accounts: string | number; replied: string | number }[]
  >(
    `select letterId, count(*) as accounts, count(repliedAt) as replied
     from account_letter_item where letterId in (${letterIds.map(() => '?').join(', ')}) group by letterId`,
    [...letterIds],
  );
  const counts = new Map(rows.map((row) => [row.letterId, row]));
  return (letterId) => ({
    accounts: Number(counts.get(letterId)?.accounts ?? 0),
    replied: Number(counts.get(letterId)?.replied ?? 0),
  });
}

async function inspectionOf(reads: Reads, inspectionId: string): Promise<InspectionRow> {
  const row = await reads.em.getRepository(InspectionTable).findOneBy({ id: inspectionId });
  if (!row) throw notFound('accounts.not_visible');
  return row;
}

export async function listFindings(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  inspectionId: string,
  query: z.infer<typeof contract.FindingsQuery>,
): Promise<z.infer<typeof contract.FindingsAnswer>> {
  const org = await mayLook(ctx, reads, viewerId);
  const builder = reads.em
    .getRepository(FindingTable)
    .createQueryBuilder('f')
    .where('f.inspectionId = :inspectionId', { inspectionId });
  if (query.verdict) builder.andWhere('f.verdict = :verdict', { verdict: query.verdict });
  if (query.cursor) builder.andWhere('f.id > :cursor', { cursor: query.cursor });
  const rows = await builder
    .orderBy('f.id')
    .limit(query.limit + 1)
    .getMany();
  const page = rows.slice(0, query.limit);
  return {
    items: page.map((row) => ({
      findingId: row.id,
      personId: row.personId,
      name: org.person(row.personId)?.name ?? '',
      staffNo: org.person(row.personId)?.staffNo ?? '',
      unitName: row.unitId === null ? '' : (org.unit(row.unitId)?.name ?? ''),
      verdict: row.verdict,
      rule: row.ruleCode,
      ruleWords: row.ruleWords,
      evidence: row.evidence,
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** Newest version of each month, latest month first. A cursor is `2026-10 oa`. */
export async function listInspections(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  { cursor, limit }: contract.InspectionsQuery,
): Promise<z.infer<typeof contract.InspectionsAnswer>> {
  await mayLook(ctx, reads, viewerId);
  const builder = reads.em
    .getRepository(InspectionTable)
    .createQueryBuilder('i')
    .where(
      `not exists (select 1 from account_inspection n where n.systemCode = i.systemCode
       and n.inspectedMonth = i.inspectedMonth and n.versionNumber > i.versionNumber)`,
    );
  const [month, system] = cursor?.split(' ') ?? [];
  if (month && system)
    builder.andWhere(
      '(i.inspectedMonth < :month or (i.inspectedMonth = :month and i.systemCode > :system))',
      { month, system },
    );
  const rows = await builder
    .orderBy('i.inspectedMonth', 'DESC')
    .addOrderBy('i.systemCode', 'ASC')
    .limit(limit + 1)
    .getMany();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ id, systemCode, inspectedMonth, versionNumber, state, figures }) => ({
      inspectionId: id,
      systemCode,
      month: inspectedMonth,
      versionNumber,
      state,
      figures,
    })),
    next: rows.length > limit && last ? `${last.inspectedMonth} ${last.systemCode}` : null,
  };
}

/** The letter on the phone of the unit it went to. */
export async function readLetter(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  letterId: string,
): Promise<contract.LetterAnswer> {
  const { letter, org } = await letterFor(ctx, reads, viewerId, letterId);
  const { accounts, replied } = (await countsByLetter(reads, [letterId]))(letterId);
  return {
    letterId,
    unitName: org.unit(letter.unitId)?.name ?? '',
    month: letter.inspectedMonth,
    systemName: systemOf(ctx.settings, letter.systemCode)?.name ?? letter.systemCode,
    sentAt: letter.sentAt,
    due: (await duesOf(ctx, reads, LETTER, [letterId]))(letterId),
    accounts,
    replied,
  };
}

/** The accounts of a letter: what is still to be answered, or what was said. */
export async function listLetterAccounts(
  ctx: AccountsContext,
  reads: Reads,
  viewerId: string,
  letterId: string,
  { box, cursor, limit }: contract.LetterAccountsQuery,
): Promise<contract.LetterAccountsAnswer> {
  const { letter, org } = await letterFor(ctx, reads, viewerId, letterId);
  const viewer = viewerOf(org, viewerId);
  const context = policyOf(ctx, org);
  const rows = await reads.em.getRepository(LetterItemTable).find({
    where: {
      letterId,
      repliedAt: box === 'open' ? IsNull() : Not(IsNull()),
      ...(cursor && { id: MoreThan(cursor) }),
    },
    order: { id: 'ASC' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    items: page.map((item) => ({
      letterItemId: item.id,
      personId: item.personId,
      name: org.person(item.personId)?.name ?? '',
      staffNo: org.person(item.personId)?.staffNo ?? '',
      reply:
        item.replyKind === null
          ? null
          : { kind: item.replyKind, reason: item.replyReason ?? '', at: item.repliedAt ?? 0 },
      requestId: item.requestId,
      can: { reply: item.repliedAt === null && mayReply(viewer, letter.unitId, item.personId, context) },
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

async function mayLook(ctx: AccountsContext, reads: Reads, viewerId: string): Promise<AccountsOrg> {
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, viewerId);
  if (!isIt(viewer, ctx.settings) && !isHr(viewer, ctx.settings)) throw notFound('accounts.not_visible');
  return org;
}
