import type { Readable } from 'node:stream';
import { dateOf, timeOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { writeSheets } from '../../../platform/sheets/index.ts';

export type Cells = readonly string[];

export interface PersonFile {
  /** In the package; its parts are safe names. */
  readonly path: string;
  /** @throws when the bytes are lost */
  readonly open: () => Promise<Readable>;
}

export interface PersonDataPage {
  readonly rows: readonly Cells[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
  /** Pictures the rows name; they go along with the copy. */
  readonly files?: readonly PersonFile[];
}

/**
 * One kind of record that is held about a person, as its room tells it (个保法 45): Chinese headings, cells of text, no
 * personal data of anybody else but the names of who decided.
 */
export interface PersonDataSection {
  /** Name of the sheet, at most 31 characters. */
  readonly title: string;
  readonly columns: Cells;
  /** `after` '' at first. */
  page(reads: Reads, personId: string, after: string, limit: number): Promise<PersonDataPage>;
}

/** A section that is the rows of one query, in order of id. */
export interface SectionOfRows<Row extends { readonly id: string }> {
  readonly title: string;
  readonly columns: Cells;
  /** Bound: the person's id, the id before, the most rows; it orders by id. */
  readonly sql: string;
  readonly cells: (row: Row) => Cells;
}

export const sectionOfRows = <Row extends { readonly id: string }>({
  title,
  columns,
  sql,
  cells,
}: SectionOfRows<Row>): PersonDataSection => ({
  title,
  columns,
  async page(reads, personId, after, limit) {
    const rows = await reads.em.query<Row[]>(sql, [personId, after, limit]);
    return { rows: rows.map(cells), next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  },
});

/** `2026-11-23 10:20`; '' for null. Drivers may give a bigint as text. */
export const momentWords = (at: number | string | null): string =>
  at === null ? '' : `${dateOf(Number(at))} ${timeOf(Number(at))}`;

export interface GatheredSection {
  readonly title: string;
  readonly columns: Cells;
  readonly rows: readonly Cells[];
  /** There is more than fits in one copy. */
  readonly cut: boolean;
}

export interface SectionWithFiles extends GatheredSection {
  readonly files: readonly PersonFile[];
}

const PAGE = 500;
/** One person's records of many years; what is beyond is said, never silently left out (H2). */
export const MOST_ROWS = 10_000;

export async function gather(
  reads: Reads,
  personId: string,
  sections: readonly PersonDataSection[],
  most = MOST_ROWS,
): Promise<SectionWithFiles[]> {
  const found: SectionWithFiles[] = [];
  for (const section of sections) found.push(await gatherOne(reads, personId, section, most));
  return found;
}

async function gatherOne(
  reads: Reads,
  personId: string,
  section: PersonDataSection,
  most: number,
): Promise<SectionWithFiles> {
  const { title, columns } = section;
  const rows: Cells[] = [];
  const files: PersonFile[] = [];
  let after = '';
  for (;;) {
    const page = await section.page(reads, personId, after, Math.min(PAGE, most + 1 - rows.length));
    rows.push(...page.rows);
    files.push(...(page.files ?? []));
    if (page.next === null || rows.length > most)
      return { title, columns, rows: rows.slice(0, most), cut: rows.length > most, files };
    after = page.next;
  }
}

export interface PersonCopy {
  readonly name: string;
  readonly staffNo: string;
  /** Who took it, when, what for. */
  readonly taken: string;
  readonly sections: readonly GatheredSection[];
}

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const;
export type DataFormat = keyof typeof TYPES;

export interface DataFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The copy as a file a person can read or take elsewhere. */
export async function fileOf(copy: PersonCopy, format: DataFormat, now: number): Promise<DataFile> {
  const { name, staffNo } = copy;
  const bytes = format === 'json' ? jsonOf(copy) : await writeSheets(sheetsOf(copy));
  return { name: `个人数据-${name}-${staffNo}-${dateOf(now)}.${format}`, type: TYPES[format], bytes };
}

const jsonOf = ({ sections, ...about }: PersonCopy): Buffer =>
  Buffer.from(
    JSON.stringify(
      {
        ...about,
        sections: sections.map(({ title, columns, rows, cut }) => ({
          title,
          cut,
          rows: rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? '']))),
        })),
      },
      null,
      2,
    ),
  );

function sheetsOf({ name, staffNo, taken, sections }: PersonCopy) {
  const about = [
    ['个人数据副本'],
    [`${name}（${staffNo}）`],
    [taken],
    [''],
    ['表', '条数', '说明'],
    ...sections.map(({ title, rows, cut }) => [
      title,
      String(rows.length),
      cut ? `只列前 ${rows.length} 条，其余请向人事处索取` : rows.length === 0 ? '没有记录' : '',
    ]),
  ];
  return [
    { name: '说明', rows: about },
    ...sections.map(({ title, columns, rows }) => ({
      name: title,
      rows: [columns, ...rows.map((row) => row.map(fitting))].map((row) => [...row]),
    })),
  ];
}

/** A cell holds 32,767 characters. */
const fitting = (cell: string): string => (cell.length > 32_000 ? `${cell.slice(0, 32_000)}…` : cell);
