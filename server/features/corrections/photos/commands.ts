import type { PersonActor } from '../../../kernel/actor.ts';
import { badRequest, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { pictureOf } from '../../../platform/files/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import { ownersFor } from '../policy.ts';
import type { AskAnswer, AskRequest, OwnPhotoAnswer } from './contract.ts';
import { askedOf, isThere, peopleOf } from './missing.ts';
import { askPerson, PHOTO, stopPhotoClock } from './photo-clock.ts';
import { BOUNDS, fits } from './bounds.ts';
import { appendPhotoEvent, loadPhoto, photoOf } from './store.ts';
import { PhotoTable, type PhotoRow } from './tables.ts';
import { STATE_WORDS, whyWords } from './verdict.ts';

export async function readOwnPhoto(
  ctx: CorrectionsContext,
  reads: Reads,
  personId: string,
): Promise<OwnPhotoAnswer> {
  const row = await loadPhoto(reads, personId);
  const clock = (await askedOf(ctx, reads, [personId])).get(personId);
  return {
    photo: row && {
      uploadedAt: row.uploadedAt,
      width: row.width,
      height: row.height,
      state: row.state,
      stateWords: STATE_WORDS[row.state],
      why: whyWords(row),
    },
    due: clock ? { ...ctx.supervision.dueOf(clock, reads.now) } : null,
    bounds: BOUNDS,
  };
}

/** @throws notFound `corrections.no_photo` */
export async function ownFile(reads: Reads, personId: string): Promise<string> {
  const row = await loadPhoto(reads, personId);
  if (!row) throw notFound('corrections.no_photo');
  return row.fileId;
}

/**
 * S2-15b: one's own photo, in place of the one before, whose file goes; it waits to be looked at. Whoever was asked owes
 * nothing any more.
 * @throws badRequest `corrections.photo_form`: neither JPEG nor PNG, too small or too large
 */
export async function putOwnPhoto(
  ctx: CorrectionsContext,
  actor: PersonActor,
  fileId: string,
): Promise<{ uploadedAt: number }> {
  const { personId } = actor;
  const bytes = await ctx.files.bytesOfUnclaimed(fileId, personId);
  if (bytes === null) throw refused('files.unknown');
  const picture = pictureOf(bytes);
  if (picture === null || !fits(picture, bytes.length)) throw badRequest('corrections.photo_form', BOUNDS);
  return ctx.db.write(actor, async (tx) => {
    const known = await loadPhoto(tx, personId);
    const { width, height } = picture;
    const row: Omit<PhotoRow, 'id' | 'version'> = {
      fileId,
      width,
      height,
      uploadedAt: tx.now,
      state: 'waiting',
      reason: null,
      why: null,
      decidedAt: null,
      leftAt: null,
    };
    await ctx.files.claim(tx, [fileId], photoOf(personId));
    if (known) {
      await ctx.files.release(tx, photoOf(personId), [known.fileId]);
      await saveWithVersion(tx, PhotoTable, known, row);
    } else await insertRows(tx, PhotoTable, [{ id: personId, ...row, version: 1 }]);
    appendPhotoEvent(tx, personId, 'uploaded');
    await stopPhotoClock(ctx, tx, personId, 'uploaded');
    recordAct(tx, { action: 'corrections.put_photo', targetType: PHOTO, targetId: personId });
    return { uploadedAt: tx.now };
  });
}

/** Messages and clocks of one act; the next act goes on with the others. */
const MOST_ASKED = 300;

/** Everybody of the department, or of the whole scope, without a photo that will do and not asked yet (S2-15b). */
export async function askMissing(
  ctx: CorrectionsContext,
  actor: PersonActor,
  { unitId, phrase }: AskRequest,
): Promise<AskAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    mustKeepRecords(ownersFor(org, actor.personId));
    const people = await peopleOf(tx, org, actor.personId);
    const missing = people.filter((one) => !isThere(one) && (unitId === null || one.unitId === unitId));
    const ids = missing.map(({ personId }) => personId);
    const asked = await askedOf(ctx, tx, ids);
    const waiting = missing.filter(({ personId }) => !asked.has(personId));
    const now = waiting.slice(0, MOST_ASKED);
    mustBeTyped(now.length, `请${now.length}人`, phrase);
    for (const person of now) askPerson(ctx, tx, person);
    recordAct(tx, {
      action: 'corrections.ask_photos',
      targetType: 'unit',
      targetId: unitId ?? 'scope',
      after: { asked: now.length },
    });
    return { asked: now.length, left: waiting.length - now.length };
  });
}

export function mustKeepRecords(owners: readonly string[]): void {
  if (!owners.includes('hr')) throw forbidden('corrections.not_record_keeper');
}
