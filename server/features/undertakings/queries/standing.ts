import { dateOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { clocksOf } from '../clock.ts';
import { MOST_REMINDED } from '../commands/remind.ts';
import type { RoomContext } from '../context.ts';
import type { PeopleAnswer, PeopleQuery, TextAnswer, TextsAnswer } from '../contract.ts';
import { isOwedByAll } from '../policy.ts';
import { mustCount, mustName, reachOf, type Reach } from '../reach.ts';
import { loadWords, standingsOf, type Standing } from '../store.ts';
import type { Text } from '../text.ts';
import { briefOf, viaWords } from '../words.ts';
import { concernedBy, textInForce, type Somebody } from './concerned.ts';
import { wordsOf } from './wording.ts';

type Standings = ReadonlyMap<string, Standing>;
type Counts = TextAnswer['counts'];

/** Every text in force with how many were asked, gave it and have still to. */
export async function listTexts(ctx: RoomContext, reads: Reads, actorId: string): Promise<TextsAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, actorId);
  mustCount(reach);
  const items: TextsAnswer['items'] = [];
  for (const text of ctx.texts()) {
    const standings = await standingsOf(reads, text);
    const people = concernedBy(org, text, reach.counts);
    items.push({ ...briefOf(text), counts: countsOf(text, people, standings) });
  }
  return { items, can: { names: reach.mayName } };
}

/** One text with its words and its numbers by department. */
export async function readText(
  ctx: RoomContext,
  reads: Reads,
  actorId: string,
  textId: string,
): Promise<TextAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, actorId);
  mustCount(reach);
  const text = textInForce(ctx, textId);
  const standings = await standingsOf(reads, text);
  const people = concernedBy(org, text, reach.counts);
  return {
    text: wordsOf(ctx, await loadWords(reads, textId, text.version)),
    counts: countsOf(text, people, standings),
    units: unitsOf(org, people, standings),
    can: { names: reach.mayName, remind: reach.mayRemind && isOwedByAll(text) },
    mostReminded: MOST_REMINDED,
  };
}

function countsOf(text: Text, people: readonly Somebody[], standings: Standings): Counts {
  const sum = tally(people, standings);
  return { ...sum, open: isOwedByAll(text) ? sum.people - sum.given : null };
}

function tally(people: readonly Somebody[], standings: Standings) {
  let given = 0;
  let asked = 0;
  for (const { personId } of people) {
    const standing = standings.get(personId);
    if (standing?.given) given += 1;
    // Whoever gave it was asked, by the page if by nothing else.
    if (standing) asked += 1;
  }
  return { people: people.length, asked, given };
}

function unitsOf(org: OrgWithRoles, people: readonly Somebody[], standings: Standings): TextAnswer['units'] {
  const byUnit = new Map<string | null, Somebody[]>();
  for (const one of people) {
    const known = byUnit.get(one.unitId);
    if (known) known.push(one);
    else byUnit.set(one.unitId, [one]);
  }
  return [...byUnit]
    .map(([unitId, members]) => ({
      unitId,
      name: unitId === null ? '没有岗位' : (org.unit(unitId)?.name ?? ''),
      ...tally(members, standings),
    }))
    .sort((a, b) => b.people - b.given - (a.people - a.given) || (a.name < b.name ? -1 : 1));
}

/** Who has it open, or gave it, within the actor's scope; in the directory's order. */
export async function listPeople(
  ctx: RoomContext,
  reads: Reads,
  actorId: string,
  textId: string,
  { state, unitId, cursor, limit }: PeopleQuery,
): Promise<PeopleAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, actorId);
  mustName(reach);
  const text = textInForce(ctx, textId);
  const standings = await standingsOf(reads, text);
  const people = concernedBy(org, text, reach.names);
  const wanted = people.filter(
    (one) =>
      (state === 'given') === Boolean(standings.get(one.personId)?.given) &&
      (unitId === undefined || one.unitId === unitId),
  );
  // Whoever ended the page before may be in the other state by now, so the place is looked up among everybody.
  const places = new Map(people.map(({ personId }, place) => [personId, place]));
  const after = cursor === undefined ? -1 : (places.get(cursor) ?? people.length);
  const rest = wanted.filter(({ personId }) => (places.get(personId) ?? 0) > after);
  const page = rest.slice(0, limit);
  const clocks = await clocksOf(
    ctx,
    reads,
    state === 'open' && isOwedByAll(text) ? page.map(({ personId }) => personId) : [],
  );
  return {
    items: page.map((one) => {
      const clock = clocks.get(one.personId);
      const due = clock ? { ...ctx.supervision.dueOf(clock, reads.now) } : null;
      return { ...lineOf(org, one, standings.get(one.personId)), due };
    }),
    next: rest.length > limit ? (page.at(-1)?.personId ?? null) : null,
    total: wanted.length,
    toRemind: isOwedByAll(text) ? waitingFor(people, standings, reach, unitId, dateOf(reads.now)) : 0,
  };
}

function waitingFor(
  people: readonly Somebody[],
  standings: Standings,
  reach: Reach,
  unitId: string | undefined,
  today: string,
): number {
  return people.filter((one) => {
    const standing = standings.get(one.personId);
    const isWaiting = !standing?.given && standing?.remindedOn !== today;
    return isWaiting && (unitId === undefined || one.unitId === unitId) && reach.reminds(one.personId);
  }).length;
}

function lineOf(org: OrgWithRoles, { personId, staffNo, name }: Somebody, standing: Standing | undefined) {
  const { unitName = '', title = '' } = org.briefOf(personId) ?? {};
  const { askedAt = null, remindedOn = null, given = null } = standing ?? {};
  return {
    personId,
    staffNo,
    name,
    unitName,
    title,
    askedAt,
    remindedOn,
    given: given && { version: given.version, givenAt: given.givenAt, viaWords: viaWords(given.via) },
  };
}
