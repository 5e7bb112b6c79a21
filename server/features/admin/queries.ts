import type { SelectQueryBuilder } from 'typeorm';
import { addDays, type CalendarDate, dateOf, daysBetween, instantOf } from '../../kernel/dates.ts';
import { badRequest } from '../../kernel/errors.ts';
import { type AuditEntryRow, AuditEntryTable } from '../../platform/audit/index.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { EntriesAnswer, EntriesQuery, Entry, EntryFilter } from './contract.ts';
import { ACTION_CHOICES, actionWords, resultWords, targetWords, WENT_WELL } from './words.ts';

const USUAL_DAYS = 30;
/** A page may have to look at all entries of its days. */
export const MOST_DAYS = 400;

export interface Days {
  readonly fromOn: CalendarDate;
  readonly toOn: CalendarDate;
}

/** Both days included. An entry's own history is asked for by its target and looks further back. */
export function daysOf({ fromOn, toOn, targetId }: EntryFilter, now: number): Days {
  const to = toOn ?? dateOf(now);
  const from = fromOn ?? addDays(to, 1 - (targetId === undefined ? USUAL_DAYS : MOST_DAYS));
  if (from > to || daysBetween(from, to) >= MOST_DAYS) throw badRequest('audit.days', { most: MOST_DAYS });
  return { fromOn: from, toOn: to };
}

/** The filter as one query, the newest first. */
export function entriesOf({ em }: Reads, filter: EntryFilter, { fromOn, toOn }: Days) {
  const query = em
    .getRepository(AuditEntryTable)
    .createQueryBuilder('e')
    .where('e.at >= :from and e.at < :to', { from: instantOf(fromOn), to: instantOf(addDays(toOn, 1)) });
  for (const column of ['actorId', 'targetType', 'targetId', 'requestId'] as const) {
    const value = filter[column];
    if (value !== undefined) query.andWhere(`e.${column} = :${column}`, { [column]: value });
  }
  if (filter.action !== undefined) byAction(query, filter.action);
  if (filter.result !== undefined)
    query.andWhere(`e.result ${filter.result === 'ok' ? 'in' : 'not in'} (:...well)`, { well: WENT_WELL });
  return query.orderBy('e.at', 'DESC').addOrderBy('e.id', 'DESC');
}

/** `approvals.approve` itself, or with `approvals` everything that begins so; `/` is the sign after `.`. */
function byAction(query: SelectQueryBuilder<AuditEntryRow>, action: string): void {
  if (action.includes('.')) query.andWhere('e.action = :action', { action });
  else
    query.andWhere('e.action > :after and e.action < :before', { after: `${action}.`, before: `${action}/` });
}

export async function listEntries(
  reads: Reads,
  org: OrgWithRoles,
  { cursor, limit, ...filter }: EntriesQuery,
): Promise<EntriesAnswer> {
  const days = daysOf(filter, reads.now);
  const query = entriesOf(reads, filter, days);
  const [at, id] = cursor?.split('-') ?? [];
  if (at !== undefined && id !== undefined && /^\d{1,15}$/.test(at))
    query.andWhere('(e.at < :at or (e.at = :at and e.id < :id))', { at: Number(at), id });
  const rows = await query.take(limit + 1).getMany();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => entryOf(org, row)),
    next: last ? `${last.at}-${last.id}` : null,
    ...days,
    actions: [...ACTION_CHOICES],
  };
}

export function entryOf(org: OrgWithRoles, row: AuditEntryRow): Entry {
  const { id, seq, at, action, targetType, targetId, result } = row;
  return {
    entryId: id,
    seq,
    at,
    actor: { kind: row.actorKind, ...partyOf(org, row.actorId) },
    action,
    actionWords: actionWords(action),
    target: {
      type: targetType,
      typeWords: targetWords(targetType),
      id: targetId,
      name: targetType === 'unit' ? (org.unit(targetId)?.name ?? null) : partyOf(org, targetId).name,
    },
    result,
    resultWords: resultWords(result),
    personal: row.personalDigest !== null,
  };
}

export const partyOf = (org: OrgWithRoles, id: string): { id: string; name: string | null } => ({
  id,
  name: org.person(id)?.name ?? null,
});
