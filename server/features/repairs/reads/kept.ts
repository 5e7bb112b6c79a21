/** What the form offers and what those who dispatch keep. */
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { categoryName, type RepairsContext } from '../commands/context.ts';
import type {
  CategoriesAnswer,
  CodeAnswer,
  Place,
  PlaceBrief,
  PlacesAnswer,
  PlaceSearchAnswer,
  PlacesQuery,
  RecurringAnswer,
  WorkersAnswer,
} from '../contract.ts';
import { mustKeepSome, reachOf } from '../policy.ts';
import { loadWorkers } from '../store.ts';
import { PlaceTable, RecurringTable, TicketTable, type PlaceRow } from '../tables.ts';
import { EVERY_WORDS, STATE_WORDS, timeWords } from '../words.ts';

export const listCategories = ({ settings }: RepairsContext): CategoriesAnswer => ({
  items: settings.categories.map(({ key, name, icon, takeOver, urgent }) => ({
    key,
    name,
    icon,
    promise: `一般 ${timeWords(takeOver)}内接单`,
    urgent,
  })),
});

const placeBrief = ({ id, code, name, area, kind, assetNo }: PlaceRow): PlaceBrief => ({
  placeId: id,
  code,
  name,
  area,
  kind,
  assetNo,
});

const MOST_OPEN = 5;

/** Where a scanned code leads. @throws notFound `repairs.no_place`, also for one that is closed */
export async function readCode(ctx: RepairsContext, reads: Reads, code: string): Promise<CodeAnswer> {
  const place = await reads.em.getRepository(PlaceTable).findOneBy({ code, state: 'active' });
  if (!place) throw notFound('repairs.no_place');
  const open = await reads.em
    .getRepository(TicketTable)
    .createQueryBuilder('t')
    .where(`t.placeId = :id and t.state in ('reported', 'dispatched', 'accepted', 'held')`, { id: place.id })
    .orderBy('t.id', 'DESC')
    .take(MOST_OPEN)
    .getMany();
  return {
    place: placeBrief(place),
    open: open.map(({ number, category, state, reportedAt }) => ({
      number,
      categoryName: categoryName(ctx, category),
      stateWords: STATE_WORDS[state],
      reportedAt,
    })),
  };
}

const escaped = (q: string): string => `%${q.replaceAll(/[!%_]/g, (one) => `!${one}`)}%`;
const MATCHES = `(name like ? escape '!' or area like ? escape '!' or assetNo like ? escape '!' or code like ? escape '!')`;
const fourTimes = (q: string): string[] => Array<string>(4).fill(escaped(q));
const MOST_FOUND = 20;

/** For whoever has no code to scan. */
export async function searchPlaces(reads: Reads, q: string): Promise<PlaceSearchAnswer> {
  const rows = await reads.em.query<PlaceRow[]>(
    `select id, code, name, area, kind, assetNo from repair_place
     where state = 'active' and ${MATCHES} order by id limit ${MOST_FOUND}`,
    fourTimes(q),
  );
  return { items: rows.map(placeBrief) };
}

/** @throws forbidden `repairs.managers_only` */
export async function listPlaces(
  ctx: RepairsContext,
  reads: Reads,
  actorId: string,
  { q, state, cursor, limit }: PlacesQuery,
): Promise<PlacesAnswer> {
  mustKeepSome(reachOf(await ctx.orgOf(reads), ctx.settings, actorId));
  const rows = await reads.em.query<PlaceRow[]>(
    `select id, code, name, area, kind, assetNo, state, version from repair_place
     where ${MATCHES} and id > ?${state === undefined ? '' : ` and state = 'active'`} order by id limit ${limit + 1}`,
    [...fourTimes(q), cursor ?? ''],
  );
  const page = rows.slice(0, limit);
  const items: Place[] = page.map((row) => ({
    ...placeBrief(row),
    state: row.state,
    version: row.version,
    url: `${ctx.publicUrl}/repairs/new?at=${row.code}`,
  }));
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** @throws forbidden `repairs.managers_only` */
export async function listWorkers(
  ctx: RepairsContext,
  reads: Reads,
  actorId: string,
): Promise<WorkersAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, ctx.settings, actorId);
  mustKeepSome(reach);
  const workers = await loadWorkers(reads, (id) => org.person(id)?.active ?? false);
  return {
    items: workers.map(({ personId, categories, areas, inHand, active }) => ({
      personId,
      name: org.person(personId)?.name ?? '',
      unitName: org.briefOf(personId)?.unitName ?? '',
      categories: [...categories],
      categoryNames: categories.map((key) => categoryName(ctx, key)),
      areas: [...areas],
      inHand,
      active,
    })),
    categories: ctx.settings.categories
      .filter(({ key }) => reach.keeps(key))
      .map(({ key, name }) => ({ id: key, name })),
  };
}

/** @throws forbidden `repairs.managers_only` */
export async function listRecurring(
  ctx: RepairsContext,
  reads: Reads,
  actorId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<RecurringAnswer> {
  mustKeepSome(reachOf(await ctx.orgOf(reads), ctx.settings, actorId));
  const rows = await reads.em
    .getRepository(RecurringTable)
    .createQueryBuilder('r')
    .where('r.id > :after', { after: cursor ?? '' })
    .orderBy('r.id')
    .take(limit + 1)
    .getMany();
  const page = rows.slice(0, limit);
  const items: RecurringAnswer['items'] = [];
  for (const row of page) {
    const place = await reads.em.getRepository(PlaceTable).findOneBy({ id: row.placeId });
    const [last] = await reads.em.query<{ number: string }[]>(
      'select number from repair_ticket where recurringId = ? order by id desc limit 1',
      [row.id],
    );
    if (!place) continue;
    items.push({
      recurringId: row.id,
      title: row.title,
      category: row.category,
      categoryName: categoryName(ctx, row.category),
      place: placeBrief(place),
      every: row.every,
      everyWords: EVERY_WORDS[row.every],
      nextOn: row.nextOn,
      state: row.state,
      version: row.version,
      lastNumber: last?.number ?? '',
    });
  }
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
