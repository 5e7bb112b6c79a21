import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import { createReach } from '../policy.ts';
import type { MissingAnswer, MissingQuery } from './contract.ts';
import { PHOTO } from './photo-clock.ts';
import { photoBriefs, type PhotoBrief } from './store.ts';
import { whyWords } from './verdict.ts';

export interface Somebody {
  readonly personId: string;
  readonly staffNo: string;
  readonly name: string;
  /** Department of the main post. */
  readonly unitId: string | null;
  readonly photo: PhotoBrief | null;
}

/** One that was rejected is none: another has to come (S2-15b). */
export const isThere = ({ photo }: Pick<Somebody, 'photo'>): boolean =>
  photo !== null && photo.state !== 'rejected';

/** Everybody active whom the actor keeps records of (H1), in the directory's order. */
export async function peopleOf(reads: Reads, org: OrgWithRoles, actorId: string): Promise<Somebody[]> {
  const reaches = createReach(org, actorId);
  const photos = await photoBriefs(reads);
  return org
    .people()
    .filter(({ active, personId }) => active && reaches('hr', personId))
    .map(({ personId, staffNo, name }) => {
      const post = org.mainAssignmentOf(personId);
      const unitId = post ? (org.departmentOf(post.unitId)?.unitId ?? null) : null;
      return { personId, staffNo, name, unitId, photo: photos.get(personId) ?? null };
    });
}

/** Open clocks for a photo, by person. */
export async function askedOf(
  { supervision }: Pick<CorrectionsContext, 'supervision'>,
  reads: Reads,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ObligationRow>> {
  const found = new Map<string, ObligationRow>();
  for (let at = 0; at < personIds.length; at += CHUNK) {
    const rows = await supervision.listOfSubjects(reads, PHOTO, personIds.slice(at, at + CHUNK));
    for (const row of rows) if (row.state === 'open') found.set(row.subjectId, row);
  }
  return found;
}

const CHUNK = 500;

/** S2-15b: who has no photo that will do, and how many of each department. */
export async function listMissing(
  ctx: CorrectionsContext,
  reads: Reads,
  actorId: string,
  { unitId, cursor, limit }: MissingQuery,
): Promise<MissingAnswer> {
  const org = await ctx.orgOf(reads);
  const people = await peopleOf(reads, org, actorId);
  const missing = people.filter((one) => !isThere(one));
  const asked = await askedOf(
    ctx,
    reads,
    missing.map(({ personId }) => personId),
  );
  const wanted = unitId === undefined ? missing : missing.filter((one) => one.unitId === unitId);
  // Whoever ended the page before may have a photo by now, so the place is looked up among everybody.
  const places = new Map(people.map(({ personId }, place) => [personId, place]));
  const after = cursor === undefined ? -1 : (places.get(cursor) ?? people.length);
  const rest = wanted.filter(({ personId }) => (places.get(personId) ?? 0) > after);
  const page = rest.slice(0, limit);
  return {
    items: page.map(({ personId, staffNo, name, photo }) => {
      const { unitName = '', title = '' } = org.briefOf(personId) ?? {};
      const clock = asked.get(personId);
      const due = clock ? { ...ctx.supervision.dueOf(clock, reads.now) } : null;
      const state = photo === null ? 'none' : 'rejected';
      const why = photo === null ? null : whyWords(photo);
      return { personId, staffNo, name, unitName, title, state, why, due };
    }),
    next: rest.length > limit ? (page.at(-1)?.personId ?? null) : null,
    total: wanted.length,
    units: countsOf(org, people, asked),
  };
}

function countsOf(
  org: OrgWithRoles,
  people: readonly Somebody[],
  asked: ReadonlyMap<string, unknown>,
): MissingAnswer['units'] {
  const counts = new Map<string | null, MissingAnswer['units'][number]>();
  for (const one of people) {
    const { unitId, personId } = one;
    const name = nameOfUnit(org, unitId);
    const count = counts.get(unitId) ?? { unitId, name, people: 0, missing: 0, asked: 0 };
    counts.set(unitId, {
      ...count,
      people: count.people + 1,
      missing: count.missing + (isThere(one) ? 0 : 1),
      asked: count.asked + (asked.has(personId) ? 1 : 0),
    });
  }
  return [...counts.values()].sort((a, b) => b.missing - a.missing || (a.name < b.name ? -1 : 1));
}

export const nameOfUnit = (org: Pick<OrgWithRoles, 'unit'>, unitId: string | null): string =>
  unitId === null ? '没有岗位' : (org.unit(unitId)?.name ?? '');
