import { reading } from '../../../../connector/reading.ts';
import { DAY_MS, HOUR_MS } from '../../../../kernel/dates.ts';
import { actsOn, type AdminAct } from '../../../../wecom/index.ts';
import { PUSH_ACTOR } from '../../push/push-actor.ts';
import type { TagDeps } from '../push-tags.ts';
import { activeSets, tagMirrors } from '../store.ts';
import { changeFindings, unsettled } from './store.ts';

/** Further back than a window of the log (page 100179) nobody looks. */
const BACK_MS = 7 * DAY_MS - HOUR_MS;
const ENOUGH = 2_000;

/**
 * Ask the administrators' log who may have done what was found; nothing found, no call. Its words are free text, and
 * it names the tag and not the people: a hint, never proof. An app that may not read it: nobody is named.
 */
export async function nameAuthors({ db, wecom }: TagDeps, now: number): Promise<void> {
  const rows = (await db.read((reads) => unsettled(reads))).filter(
    ({ byUserid, foundAt, actedAt }) => byUserid === null && actedAt === null && foundAt > now - HOUR_MS,
  );
  const { operLog } = wecom;
  if (rows.length === 0 || !operLog) return;
  const answer = await reading(now, async () => {
    const acts: AdminAct[] = [];
    for await (const act of operLog.admin({ from: now - BACK_MS, until: now })) {
      acts.push(act);
      if (acts.length >= ENOUGH) break;
    }
    return acts;
  });
  if ('refused' in answer) return;
  const mirrors = await db.read(tagMirrors);
  const names = new Map((await db.read(activeSets)).map(({ id, name }) => [id, name]));
  await db.write(PUSH_ACTOR, async (tx) => {
    for (const { id, setId, words } of rows) {
      const mirror = mirrors.get(setId);
      const target = [names.get(setId) ?? '', mirror?.name ?? '', words ?? ''];
      const [act] = actsOn(answer.value, { type: 'tag', words: target }).named;
      if (act) await changeFindings(tx, [id], { byUserid: act.userid.slice(0, 64), byAt: act.at });
    }
  });
}
