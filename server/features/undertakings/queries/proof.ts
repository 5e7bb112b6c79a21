import type { PersonActor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { RoomContext } from '../context.ts';
import type { ProofAnswer } from '../contract.ts';
import { countsFor } from '../policy.ts';
import { mustName, reachOf } from '../reach.ts';
import { givenOf, loadWords, staysOf } from '../store.ts';
import { viaWords } from '../words.ts';
import { wordsOf } from './wording.ts';

/**
 * What one person gave, with the very words; of somebody who left too, as long as it is kept. A look is on the record.
 * @throws notFound `undertakings.nothing_given`: also for somebody out of reach
 */
export async function showProof(
  ctx: RoomContext,
  actor: PersonActor,
  { textId, personId }: { readonly textId: string; readonly personId: string },
  asked: number | undefined,
): Promise<ProofAnswer> {
  const answer = await ctx.db.read((reads) => readProof(ctx, reads, actor.personId, textId, personId, asked));
  if (actor.personId !== personId)
    await ctx.db.write(actor, async (tx) =>
      recordAct(tx, {
        action: 'undertakings.read_proof',
        targetType: 'person',
        targetId: personId,
        after: { textId, version: answer.text.version },
      }),
    );
  return answer;
}

async function readProof(
  ctx: RoomContext,
  reads: Reads,
  actorId: string,
  textId: string,
  personId: string,
  asked: number | undefined,
): Promise<ProofAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, actorId);
  if (actorId !== personId) mustName(reach);
  const person = org.person(personId);
  const isSeen = actorId === personId || reach.names(personId);
  const given = person && isSeen ? await givenOf(reads, personId, textId) : [];
  const version = asked ?? given[0]?.textVersion;
  if (!person || version === undefined || !given.some(({ textVersion }) => textVersion === version))
    throw notFound('undertakings.nothing_given');
  const stay = (await staysOf(reads)).get(personId) ?? 0;
  const present = ctx.texts().find((text) => text.textId === textId);
  const { unitName = '', title = '' } = org.briefOf(personId) ?? {};
  return {
    person: { personId, name: person.name, staffNo: person.staffNo, unitName, title },
    text: wordsOf(ctx, await loadWords(reads, textId, version)),
    given: given.map((row) => ({
      version: row.textVersion,
      givenAt: row.givenAt,
      sha256: row.sha256,
      via: row.via,
      viaWords: viaWords(row.via),
      session: row.sessionTag,
      requestId: row.requestId,
      isPast: row.stay !== stay || !present || !countsFor(present, [row.textVersion]),
    })),
    institution: org.root()?.name ?? '',
    now: reads.now,
  };
}
