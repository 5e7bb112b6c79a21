import type { ActView, LedgerEntry } from '../../../../server/sandbox/contract.ts';
import { MINUTE_MS, timeOf } from '../model/time.ts';
import { words } from '../words.ts';

export type Row =
  | { kind: 'entry'; id: string; entry: LedgerEntry }
  /** Many equal calls in a row, such as 600 × user/create. */
  | { kind: 'fold'; id: string; entries: LedgerEntry[] };

export interface Group {
  id: string;
  heading: string;
  rows: Row[];
  /** The row that shows its key fields unasked: the newest act's first callback. */
  lead: string | null;
}

const FOLD_FROM = 4;
const JUST_NOW_MS = 2 * MINUTE_MS;

/** Key fields worth showing: an empty EventKey tells nothing. */
export const fieldsOf = (entry: LedgerEntry): LedgerEntry['fields'] =>
  entry.fields.filter((field) => field.value !== '');

const alike = (a: LedgerEntry, b: LedgerEntry): boolean =>
  a.kind === b.kind && a.name === b.name && a.state === 'ok' && b.state === 'ok' && a.faultId === b.faultId;

function rowsOf(entries: readonly LedgerEntry[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < entries.length;) {
    const first = entries[at];
    if (!first) break;
    let end = at + 1;
    for (let next = entries[end]; next && alike(first, next); next = entries[end]) end += 1;
    const run = entries.slice(at, end);
    if (run.length >= FOLD_FROM) rows.push({ kind: 'fold', id: `fold:${first.id}`, entries: run });
    else rows.push(...run.map((entry): Row => ({ kind: 'entry', id: entry.id, entry })));
    at = end;
  }
  return rows;
}

/** `王处长点了「同意」` becomes `你点了「同意」` for 王处长. */
export function actWords(act: ActView, me: { userid: string; name: string } | null): string {
  if (me === null || act.userid !== me.userid) return act.title;
  for (const name of [me.name, me.userid]) {
    if (name !== '' && act.title.startsWith(name))
      return `${words.acts.you}${act.title.slice(name.length).trimStart()}`;
  }
  return act.title;
}

/**
 * Acts as the drawer shows them: newest first, rows inside in their order, the app's own calls of one quiet
 * stretch together under one heading. Acts nothing came of are left out.
 *
 * @param now the sandbox's clock, epoch ms
 */
export function groupActs(
  acts: readonly ActView[],
  me: { userid: string; name: string } | null,
  now: number,
): Group[] {
  const groups: { act: ActView; entries: LedgerEntry[] }[] = [];
  for (const act of acts) {
    if (act.entries.length === 0) continue;
    const last = groups.at(-1);
    if (last?.act.kind === 'app' && act.kind === 'app') last.entries.unshift(...act.entries);
    else groups.push({ act, entries: [...act.entries] });
  }
  return groups.map(({ act, entries }, index) => {
    // The clock ticks once a second, so the newest act may stand a moment ahead of it.
    const recent = index === 0 && Math.abs(now - act.at) < JUST_NOW_MS;
    const when = recent ? words.acts.justNow : timeOf(act.at);
    const lead = index === 0 ? entries.find((entry) => entry.kind === 'callback') : undefined;
    return {
      id: act.id,
      heading: `${when}${words.common.dot}${actWords(act, me)}`,
      rows: rowsOf(entries),
      lead: lead?.id ?? null,
    };
  });
}
