import { actorId } from '../../kernel/actor.ts';
import { dateOf, type CalendarDate } from '../../kernel/dates.ts';
import { newId } from '../../kernel/id.ts';
import { recordAct } from '../../platform/audit/index.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { HistorySubject } from './known.ts';
import { DirectoryEventTable } from './tables.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface HistoryEntry {
  readonly eventId: string;
  readonly kind: string;
  /** Epoch ms. */
  readonly at: number;
  /** The day it holds from. */
  readonly effectiveOn: CalendarDate;
  /** Person id or name of the mechanism. */
  readonly by: string;
  /** Changed fields; sealed values masked. */
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export interface Happening {
  readonly type: HistorySubject;
  readonly id: string;
  readonly kind: string;
  /** Today when left out. */
  readonly on?: CalendarDate | undefined;
  readonly before?: Fields | null;
  readonly after?: Fields | null;
  /** Name of the act in the audit; `directory.<kind>` when left out. */
  readonly action?: string;
}

/** One line of the subject's history, without an audit entry: for parts of a larger act. */
export function note(tx: Tx, { type, id, kind, on, before = null, after = null }: Happening): void {
  tx.append(DirectoryEventTable, {
    id: newId(),
    subjectType: type,
    subjectId: id,
    kind,
    happenedAt: tx.now,
    effectiveOn: on ?? dateOf(tx.now),
    byActor: actorId(tx.actor).slice(0, 64),
    before: before && { ...before },
    after: after && { ...after },
  });
}

/** History and audit of one act, in its unit of work (H7); in the audit a person's own apart (H9). */
export function recordChange(tx: Tx, happening: Happening): void {
  const { type, id, kind, before = null, after = null, action = `directory.${kind}` } = happening;
  note(tx, happening);
  if (type !== 'person') return recordAct(tx, { action, targetType: type, targetId: id, before, after });
  const [was, is] = [split(before), split(after)];
  recordAct(tx, {
    action,
    targetType: type,
    targetId: id,
    before: was.plain,
    after: is.plain,
    personal: { personId: id, before: was.personal, after: is.personal },
  });
}

/** Who somebody is, and why they left. Masked values, posts and states tell nobody that without the directory. */
const PERSONAL: ReadonlySet<string> = new Set([
  'name',
  'staffNo',
  'sourceId',
  'userid',
  'sex',
  'leaveReason',
]);

function split(fields: Fields | null): { plain: Fields | null; personal?: Fields } {
  if (fields === null) return { plain: null };
  const entries = Object.entries(fields);
  return {
    plain: Object.fromEntries(entries.filter(([field]) => !PERSONAL.has(field))),
    personal: Object.fromEntries(entries.filter(([field]) => PERSONAL.has(field))),
  };
}

const AT_MOST = 200;

export async function historyOf(reads: Reads, type: HistorySubject, id: string): Promise<HistoryEntry[]> {
  const rows = await reads.em.getRepository(DirectoryEventTable).find({
    where: { subjectType: type, subjectId: id },
    order: { happenedAt: 'DESC', id: 'DESC' },
    take: AT_MOST,
  });
  return rows.map((row) => ({
    eventId: row.id,
    kind: row.kind,
    at: row.happenedAt,
    effectiveOn: row.effectiveOn,
    by: row.byActor,
    before: row.before,
    after: row.after,
  }));
}
