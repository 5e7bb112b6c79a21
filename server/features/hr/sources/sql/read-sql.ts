import type { SheetKind } from '../../model.ts';
import type { ColumnRule, SqlList } from '../contract.ts';
import type { Reading, Sample, SqlSettings } from '../reading.ts';
import { createStatement, type Statement } from '../statement.ts';
import { trouble } from '../troubles.ts';
import { withView, type View } from './connect.ts';
import { writingRights } from './grants.ts';

const KINDS: readonly SheetKind[] = ['units', 'people'];
const KEYS: Readonly<Record<SheetKind, string>> = { units: 'code', people: 'staffNo' };

/**
 * The mapped columns of the named views, all in one state of the database, counted and then read.
 * @throws refused a `hr.source_…` trouble
 */
export function readSql(settings: SqlSettings, secret: string, reading: Reading): Promise<Statement> {
  return withView(settings.connection, secret, reading, async (view) => {
    const cutOffAt = reading.now();
    const lists = await found(view, settings);
    const statement = createStatement(
      Object.fromEntries(lists.map(({ kind, columns }) => [kind, columns])),
      settings.empties,
    );
    for (const list of lists) {
      const total = await countOf(view, list);
      for await (const row of view.stream(selectOf(list))) statement.add(list.kind, row);
      const read = statement.count(list.kind);
      if (read !== total) throw trouble('total_differs', { total, read });
    }
    return statement.finish({ complete: settings.full, cutOffAt });
  });
}

/** @throws refused a `hr.source_…` trouble */
export async function sampleSql(
  settings: SqlSettings,
  secret: string,
  reading: Reading,
  most: number,
): Promise<{ samples: Sample[]; writingRights: string[] }> {
  return withView(settings.connection, secret, reading, async (view) => {
    const samples: Sample[] = [];
    for (const list of await found(view, settings)) {
      const records = await view.rows(`${selectOf(list)} limit ${most}`);
      samples.push({ ...list, total: await countOf(view, list), records });
    }
    const grants = await view.rows<Record<string, string>>('show grants');
    return { samples, writingRights: writingRights(grants.flatMap((row) => Object.values(row))) };
  });
}

interface FoundList extends SqlList {
  readonly kind: SheetKind;
  readonly fields: readonly string[];
}

/** The views with the columns they have. @throws refused `hr.source_no_view` {view}, `hr.source_no_column` {view, column, known} */
async function found(view: View, { connection, lists }: SqlSettings): Promise<FoundList[]> {
  const all: FoundList[] = [];
  for (const kind of KINDS) {
    const list = lists[kind];
    if (list === null) continue;
    const rows = await view.rows<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = ? and table_name = ? order by ordinal_position`,
      [connection.database, list.view],
    );
    const fields = rows.map(({ name }) => name);
    if (fields.length === 0) throw trouble('no_view', { view: list.view });
    const unknown = list.columns.find(({ from }) => !fields.includes(from));
    if (unknown)
      throw trouble('no_column', { view: list.view, column: unknown.from, known: fields.join('、') });
    all.push({ ...list, kind, fields });
  }
  return all;
}

async function countOf(view: View, { view: name }: SqlList): Promise<number> {
  const [row] = await view.rows<{ n: number | string }>(`select count(*) as n from ${quoted(name)}`);
  return Number(row?.n ?? 0);
}

/** In the order of its key, so that the same rows are the same statement. */
function selectOf({ kind, view, columns }: FoundList): string {
  const key = columns.find(({ column }) => column === KEYS[kind]);
  const names = [...new Set(columns.map(({ from }: ColumnRule) => quoted(from)))].join(', ');
  return `select ${names} from ${quoted(view)}${key ? ` order by ${quoted(key.from)}` : ''}`;
}

/** Names come out of the database's own catalogue or are letters and digits; quoted all the same. */
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
