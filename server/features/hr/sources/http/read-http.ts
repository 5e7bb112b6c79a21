import type { SheetKind } from '../../model.ts';
import type { HttpList } from '../contract.ts';
import { createStatement, type Statement, type StatementBuilder } from '../statement.ts';
import type { HttpSettings, Reading, Sample } from '../reading.ts';
import { trouble } from '../troubles.ts';
import { createAsk, type Ask } from './ask.ts';
import { firstUrl, nextUrl, type Page, readPage } from './paging.ts';

const MAX_PAGES = 5_000;
const KINDS: readonly SheetKind[] = ['units', 'people'];

/**
 * All pages of all lists. A half-read source is no statement: every failure ends the reading. It counts as complete
 * only when the source says how many there are, and they were all there (A1).
 * @throws refused a `hr.source_…` trouble
 */
export async function readHttp(settings: HttpSettings, secret: string, reading: Reading): Promise<Statement> {
  const ask = createAsk({ connection: settings.connection, secret, ...reading });
  const begunAt = reading.now();
  try {
    const first = await readLists(ask, settings);
    if (shifts(settings)) await mustBeStill(ask, settings, first.statement.finish(END).hash);
    return first.statement.finish({
      complete: settings.full && first.counted,
      cutOffAt: Math.min(begunAt, first.asOfAt ?? begunAt),
    });
  } finally {
    ask.close();
  }
}

const END = { complete: false, cutOffAt: 0 };

/**
 * Behind a number or an offset the list moves when somebody is added or removed while it is read, and a person falls
 * between two pages without the count telling. Who is missing may be taken for a leaver, so it is read twice.
 */
const shifts = ({ full, lists }: HttpSettings): boolean =>
  full && KINDS.some((kind) => ['page', 'offset'].includes(lists[kind]?.paging.by ?? ''));

async function mustBeStill(ask: Ask, settings: HttpSettings, hash: string): Promise<void> {
  const again = await readLists(ask, settings);
  if (again.statement.finish(END).hash !== hash) throw trouble('changed_meanwhile');
}

interface Read {
  readonly statement: StatementBuilder;
  /** Every list said how many there are. */
  readonly counted: boolean;
  readonly asOfAt: number | null;
}

async function readLists(ask: Ask, { connection, lists, empties }: HttpSettings): Promise<Read> {
  const statement = createStatement(
    {
      ...(lists.units && { units: lists.units.columns }),
      ...(lists.people && { people: lists.people.columns }),
    },
    empties,
  );
  let counted = true;
  let asOfAt: number | null = null;
  for (const kind of KINDS) {
    const list = lists[kind];
    if (list === null) continue;
    let total: number | null = null;
    for await (const page of pagesOf(ask, connection.origin, list)) {
      total = page.total;
      if (page.asOfAt !== null) asOfAt = Math.min(page.asOfAt, asOfAt ?? page.asOfAt);
      for (const item of page.items) statement.add(kind, item);
    }
    counted &&= total !== null;
  }
  return { statement, counted, asOfAt };
}

/** @throws refused `hr.source_changed_meanwhile`, `hr.source_total_differs`, `hr.source_goes_round`, `hr.source_too_many_pages` */
async function* pagesOf(ask: Ask, origin: string, list: HttpList): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let total: number | null = null;
  let read = 0;
  for (let url: URL | null = firstUrl(origin, list); url !== null;) {
    if (seen.has(url.href)) throw trouble('goes_round');
    if (seen.size >= MAX_PAGES) throw trouble('too_many_pages', { max: MAX_PAGES });
    const page = readPage(await ask(url), list);
    if (seen.size > 0 && page.total !== total) throw trouble('changed_meanwhile');
    seen.add(url.href);
    total = page.total;
    read += page.items.length;
    yield page;
    url = nextUrl(list.paging, url, page, read);
  }
  if (total !== null && read !== total) throw trouble('total_differs', { total, read });
}

/** The first page of each list. @throws refused a `hr.source_…` trouble */
export async function sampleHttp(
  { connection, lists }: HttpSettings,
  secret: string,
  reading: Reading,
): Promise<Sample[]> {
  const ask = createAsk({ connection, secret, ...reading });
  try {
    const samples: Sample[] = [];
    for (const kind of KINDS) {
      const list = lists[kind];
      if (list === null) continue;
      const page = readPage(await ask(firstUrl(connection.origin, list)), list);
      samples.push({
        kind,
        total: page.total,
        records: page.items,
        fields: Object.keys(page.items[0] ?? {}),
        columns: list.columns,
      });
    }
    return samples;
  } finally {
    ask.close();
  }
}
