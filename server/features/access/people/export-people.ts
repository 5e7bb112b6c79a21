import { dateOf, timeOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import type { Act } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { writeSheets } from '../../../platform/sheets/index.ts';
import { CATEGORY_NAMES } from '../category.ts';
import { briefOf } from '../describe.ts';
import type { ExportQuery } from './contract.ts';
import { findPeople, itemOf, STATE_WORDS } from './find-people.ts';
import type { World } from './world.ts';

/** More is refused, never cut (H2). */
export const MOST_EXPORTED = 5_000;

const COLUMNS = ['工号', '姓名', '部门', '岗位', '兼任', '人员类别', '账号状态', '直属上级'];

export interface ExportedList {
  readonly fileName: string;
  readonly table: readonly (readonly string[])[];
  /** To be recorded before the file leaves. */
  readonly act: Act;
}

/**
 * The list as its filter says, all pages, for a file: no personal values (H6), who took it and when in the first row.
 * The file itself is made outside: five thousand rows take a second, and nobody shall wait for it.
 */
export async function listForExport(
  reads: Reads,
  world: World,
  actorId: string,
  { format, on, ...filter }: ExportQuery,
): Promise<ExportedList> {
  const hits = await findPeople(world, filter);
  if (hits.length > MOST_EXPORTED)
    throw refused('access.export_too_large', { total: hits.length, most: MOST_EXPORTED });
  const { q, ...plain } = filter;
  const { org, today } = world;
  const rows = hits.map((hit) => {
    const item = itemOf(org, hit);
    const manager = hit.person.managerId;
    return [
      item.staffNo,
      item.name,
      item.unitPath,
      item.title,
      item.alsoIn.join('；'),
      item.categoryName,
      item.state.words,
      manager === null ? '' : (today.person(manager)?.name ?? ''),
    ];
  });
  const taken = `${dateOf(reads.now)} ${timeOf(reads.now)} ${briefOf(today, actorId).name}导出`;
  const head = [[taken, filterWords(world, filter, on), `${rows.length} 人`].join(' · ')];
  return {
    fileName: `人员-${dateOf(reads.now)}.${format}`,
    table: [head, COLUMNS, ...rows],
    act: {
      action: 'people.export',
      targetType: 'people',
      targetId: filter.unitId ?? 'all',
      // Not what was searched for: that is mostly somebody's name (H9).
      after: { ...plain, searched: q !== '', on: on ?? null, format, rows: rows.length },
    },
  };
}

export const listFile = async ({ table }: ExportedList, format: ExportQuery['format']): Promise<Buffer> =>
  format === 'csv' ? csvOf(table) : writeSheets([{ name: '人员', rows: table }]);

function filterWords(
  { org }: World,
  filter: Omit<ExportQuery, 'format' | 'on'>,
  on: string | undefined,
): string {
  const { q, unitId, category, state } = filter;
  return [
    unitId === undefined ? '范围内全部单位' : (org.unit(unitId)?.name ?? ''),
    category === undefined ? '' : CATEGORY_NAMES[category],
    state === 'here' ? '在册' : STATE_WORDS[state],
    q === '' ? '' : `找“${q}”`,
    on === undefined ? '' : `${on} 的样子`,
  ]
    .filter((part) => part !== '')
    .join('，');
}

/** With the mark that makes Excel read UTF-8. A cell that would be calculated begins with an apostrophe (F7). */
const csvOf = (table: readonly (readonly string[])[]): Buffer =>
  Buffer.from(`\uFEFF${table.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`);

function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
