import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import type { CorrectionsContext } from '../commands/context.ts';
import { createReach } from '../policy.ts';
import type { MissingAnswer, MissingQuery } from './contract.ts';
import { PHOTO } from './photo-clock.ts';
import { PhotoTable } from './tables.ts';

export interface Somebody {
  readonly personId: string;
  readonly staffNo: string;
  readonly name: string;
  /** Department of the main post. */
  readonly unitId: string | null;
  readonly hasPhoto: boolean;
}

/** Everybody active whom the actor keeps records of (H1), in the directory's order. */
export async function peopleOf(reads: Reads, org: OrgWithRoles, actorId: string): Promise<Somebody[]> {
  const reaches = createReach(org, actorId);
  const rows = await reads.em.getRepository(PhotoTable).find({ select: { id: true } });
  const have = new Set(rows.map(({ id }) => id));
  return org
    .people()
    .filter(({ active, personId }) => active && reaches('hr', personId))
    .map(({ personId, staffNo, name }) => {
      const post = org.mainAssignmentOf(personId);
      const unitId = post ? (org.departmentOf(post.unitId)?.unitId ?? null) : null;
      return { personId, staffNo, name, unitId, hasPhoto: have.has(personId) };
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

/** S2-15b: who has no photo, and how many of each department. */
export async function listMissing(
  ctx: CorrectionsContext,
  reads: Reads,
  actorId: string,
  { unitId, cursor, limit }: MissingQuery,
): Promise<MissingAnswer> {
  const org = await ctx.orgOf(reads);
  const people = await peopleOf(reads, org, actorId);
  const missing = people.filter(({ hasPhoto }) => !hasPhoto);
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
    items: page.map(({ personId, staffNo, name }) => {
      const { unitName = '', title = '' } = org.briefOf(personId) ?? {};
      const clock = asked.get(personId);
      const due = clock ? { ...ctx.supervision.dueOf(clock, reads.now) } : null;
      return { personId, staffNo, name, unitName, title, due };
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
  for (const { unitId, hasPhoto, personId } of people) {
    const name = unitId === null ? '没有岗位' : (org.unit(unitId)?.name ?? '');
    const count = counts.get(unitId) ?? { unitId, name, people: 0, missing: 0, asked: 0 };
    counts.set(unitId, {
      ...count,
      people: count.people + 1,
      missing: count.missing + (hasPhoto ? 0 : 1),
      asked: count.asked + (asked.has(personId) ? 1 : 0),
    });
  }
  return [...counts.values()].sort((a, b) => b.missing - a.missing || (a.name < b.name ? -1 : 1));
}
