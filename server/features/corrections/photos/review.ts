/** S2-15b: photos as whoever keeps records looks at them, within their scope and never their own (H1, H3). */
import type { Context } from 'koa';
import type { PersonActor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import { mayAnswer, ownersFor } from '../policy.ts';
import { mustKeepRecords } from './commands.ts';
import type { Counts, OneAnswer, ReviewAnswer, ReviewQuery } from './contract.ts';
import { isLooked, pictureUrl } from './look.ts';
import { nameOfUnit, peopleOf, type Somebody } from './missing.ts';
import { loadPhoto, photoEventsOf, photoOf } from './store.ts';
import type { PhotoRow } from './tables.ts';
import { eventWords, STATE_WORDS, whyWords } from './verdict.ts';

/** May this actor look at and decide about that person's photo? H3: nobody about their own. */
export const mayReview = (org: OrgWithRoles, actorId: string, personId: string): boolean =>
  org.person(personId)?.active === true && mayAnswer(org, actorId, 'hr', personId);

/**
 * A page, newest first. Opening it is one act that names whom it showed (H7): a hundred entries a minute for small
 * pictures would bury the looks at one person.
 */
export async function openPage(
  ctx: CorrectionsContext,
  actor: PersonActor,
  query: ReviewQuery,
): Promise<ReviewAnswer> {
  const page = await ctx.db.read((reads) => readPage(ctx, reads, actor.personId, query));
  if (page.items.length === 0) return page;
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'corrections.look_at_photos',
      targetType: 'unit',
      targetId: query.unitId ?? 'scope',
      after: { state: query.state, people: page.items.map(({ personId }) => personId) },
    }),
  );
  return page;
}

async function readPage(
  ctx: CorrectionsContext,
  reads: Reads,
  actorId: string,
  { state, unitId, cursor, limit }: ReviewQuery,
): Promise<ReviewAnswer> {
  const org = await ctx.orgOf(reads);
  mustKeepRecords(ownersFor(org, actorId));
  const people = (await peopleOf(reads, org, actorId)).filter(({ personId }) => personId !== actorId);
  const units = countsOf(org, people);
  const wanted = people
    .filter((one) => one.photo?.state === state && (unitId === undefined || one.unitId === unitId))
    .map((one) => ({ ...one, place: placeOf(one) }))
    .sort((a, b) => (a.place < b.place ? 1 : -1));
  const from = cursor === undefined ? '~' : padded(cursor);
  const rest = wanted.filter(({ place }) => place < from);
  const page = rest.slice(0, limit);
  const items: ReviewAnswer['items'] = [];
  for (const { personId } of page) {
    const row = await loadPhoto(reads, personId);
    if (row) items.push({ ...whoseOf(org, personId), ...shown(ctx, row, actorId, reads.now) });
  }
  const last = page.at(-1);
  return {
    items,
    next: rest.length > limit && last?.photo ? `${last.photo.uploadedAt}-${last.personId}` : null,
    total: wanted.length,
    counts: sumOf(unitId === undefined ? units : units.filter((unit) => unit.unitId === unitId)),
    units,
  };
}

/** Newest last, as text; of one moment by person. */
const placeOf = ({ personId, photo }: Somebody): string => padded(`${photo?.uploadedAt ?? 0}-${personId}`);
const padded = (place: string): string => place.padStart(16 + 1 + 32, '0');

function countsOf(org: OrgWithRoles, people: readonly Somebody[]): ReviewAnswer['units'] {
  const found = new Map<string | null, ReviewAnswer['units'][number]>();
  for (const { unitId, photo } of people) {
    const count = found.get(unitId) ?? { unitId, name: nameOfUnit(org, unitId), ...NONE };
    const state = photo?.state ?? 'none';
    found.set(unitId, { ...count, [state]: count[state] + 1 });
  }
  return [...found.values()].sort((a, b) => b.waiting - a.waiting || (a.name < b.name ? -1 : 1));
}

const NONE: Counts = { waiting: 0, accepted: 0, rejected: 0, none: 0 };
const sumOf = (units: readonly Counts[]): Counts =>
  units.reduce(
    (sum, unit) => ({
      waiting: sum.waiting + unit.waiting,
      accepted: sum.accepted + unit.accepted,
      rejected: sum.rejected + unit.rejected,
      none: sum.none + unit.none,
    }),
    NONE,
  );

function whoseOf(org: OrgWithRoles, personId: string) {
  const { name = '', unitName = '', title = '' } = org.briefOf(personId) ?? {};
  return { personId, staffNo: org.person(personId)?.staffNo ?? '', name, unitName, title };
}

const shown = (
  { vault }: Pick<CorrectionsContext, 'vault'>,
  row: PhotoRow,
  actorId: string,
  now: number,
) => ({
  uploadedAt: row.uploadedAt,
  width: row.width,
  height: row.height,
  state: row.state,
  stateWords: STATE_WORDS[row.state],
  why: whyWords(row),
  decidedAt: row.decidedAt,
  picture: pictureUrl(vault, { actorId, personId: row.id, fileId: row.fileId }, now),
});

/**
 * One person's photo with what was decided about theirs. The look is on the record, and the person reads it.
 * @throws notFound `corrections.photo_not_visible`: unknown and out of scope look alike
 */
export async function openOne(
  ctx: CorrectionsContext,
  actor: PersonActor,
  personId: string,
): Promise<OneAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    if (!mayReview(org, actor.personId, personId)) throw notFound('corrections.photo_not_visible');
    const row = await loadPhoto(tx, personId);
    const events = await photoEventsOf(tx, personId);
    recordAct(tx, { action: 'corrections.open_photo', targetType: 'person', targetId: personId });
    return {
      ...whoseOf(org, personId),
      photo: row && shown(ctx, row, actor.personId, tx.now),
      history: events.map((event) => ({
        id: event.id,
        at: event.happenedAt,
        by: event.byName,
        words: eventWords(event.kind, event),
      })),
    };
  });
}

/** A picture of a page or of one photo that this actor opened some minutes ago, while it is still theirs to see. */
export async function sendPicture(
  ctx: CorrectionsContext,
  actor: PersonActor,
  http: Context,
  { personId, look }: { readonly personId: string; readonly look: string },
): Promise<void> {
  const fileId = await ctx.db.read(async (reads) => {
    const row = await loadPhoto(reads, personId);
    if (!row || !mayReview(await ctx.orgOf(reads), actor.personId, personId)) return null;
    const looked = { actorId: actor.personId, personId, fileId: row.fileId };
    return isLooked(ctx.vault, looked, look, reads.now) ? row.fileId : null;
  });
  if (fileId === null) throw notFound('corrections.photo_not_visible');
  await ctx.files.send(http, fileId, photoOf(personId));
  http.set('Cache-Control', 'no-store');
}
