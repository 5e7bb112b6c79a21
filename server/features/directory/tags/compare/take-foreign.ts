import { PUSH_ACTOR } from '../../push/push-actor.ts';
import { attempt } from '../../push/client.ts';
import type { Turn } from '../../push/turn.ts';
import type { TagDeps } from '../push-tags.ts';
import { tagMirrors } from '../store.ts';
import { NOBODY } from '../write-tag.ts';
import { settle } from './store.ts';
import type { TagFindingRow } from './tables.ts';

/** Members and departments that one call takes (page 90215). */
const MEMBERS_A_CALL = 1_000;
const DEPARTMENTS_A_CALL = 100;

/** Members nobody here knows, and whole departments, are in no mirror of ours: taken out by calls of their own. */
export async function takeForeign(
  { db, wecom }: TagDeps,
  turn: Turn,
  rows: readonly TagFindingRow[],
  now: number,
): Promise<void> {
  const mirrors = await db.read(tagMirrors);
  for (const part of parts(rows)) {
    const tagId = mirrors.get(part[0]?.setId ?? '')?.tagId ?? null;
    if (tagId === null) continue;
    const subjects = part.map(({ subject }) => subject);
    const isStrangers = part[0]?.kind === 'stranger';
    await turn.keep();
    const outcome = await attempt(now, () =>
      wecom.tag.removeUsers(
        tagId,
        isStrangers ? { userlist: subjects } : { partylist: subjects.map(Number) },
      ),
    );
    if (outcome.ok || NOBODY.has(outcome.errcode ?? 0))
      await db.write(PUSH_ACTOR, (tx) => settle(tx, acted(part, now)));
  }
}

const acted = (rows: readonly TagFindingRow[], now: number): TagFindingRow[] =>
  rows.map((row) => ({ ...row, actedAt: now }));

/** What goes into one call: of one set, of one kind, not too many. */
function parts(rows: readonly TagFindingRow[]): TagFindingRow[][] {
  const groups = new Map<string, TagFindingRow[]>();
  for (const row of rows) {
    if (row.kind !== 'stranger' && row.kind !== 'department') continue;
    const key = `${row.setId}:${row.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const most = group[0]?.kind === 'stranger' ? MEMBERS_A_CALL : DEPARTMENTS_A_CALL;
    return Array.from({ length: Math.ceil(group.length / most) }, (_, at) =>
      group.slice(at * most, (at + 1) * most),
    );
  });
}
