import { dateOf, timeOf } from '../../kernel/dates.ts';
import { refused } from '../../kernel/errors.ts';
import { type AuditEntryRow, recordAct } from '../../platform/audit/index.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { writeSheets } from '../../platform/sheets/index.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { EntryFilter } from './contract.ts';
import { type Days, daysOf, entriesOf, entryOf } from './queries.ts';
import { viaWords } from './words.ts';

/** More is refused, never cut (H2). */
export const MOST_EXPORTED = 5_000;

const COLUMNS = [
  '序号',
  '时间',
  '谁',
  '谁的编号',
  '当时身份',
  '做了什么',
  '动作代码',
  '对象类别',
  '对象',
  '对象编号',
  '之前',
  '之后',
  '结果',
  '从哪来',
  '地址',
  '请求号',
  '个人内容',
  '封印',
];

export interface Taken {
  readonly filter: EntryFilter;
  readonly days: Days;
  readonly rows: readonly (readonly string[])[];
}

/** What the filter says, all pages; personal parts stay closed. @throws refused `audit.export_too_large` */
export async function collect(reads: Reads, org: OrgWithRoles, filter: EntryFilter): Promise<Taken> {
  const days = daysOf(filter, reads.now);
  const found = await entriesOf(reads, filter, days)
    .take(MOST_EXPORTED + 1)
    .getMany();
  if (found.length > MOST_EXPORTED) throw refused('audit.export_too_large', { most: MOST_EXPORTED });
  return { filter, days, rows: found.map((row) => cellsOf(org, row)) };
}

function cellsOf(org: OrgWithRoles, row: AuditEntryRow): string[] {
  const { actor, target, actionWords, resultWords, personal } = entryOf(org, row);
  return [
    row.seq === null ? '未封' : String(row.seq),
    `${dateOf(row.at)} ${timeOf(row.at)}`,
    actor.name ?? actor.id,
    actor.id,
    row.actorRoles,
    actionWords,
    row.action,
    target.typeWords,
    target.name ?? '',
    target.id,
    json(row.before),
    json(row.after),
    resultWords,
    viaWords(row.via),
    row.address ?? '',
    row.requestId ?? '',
    personal ? '有，导出不带' : '',
    row.hash ?? '',
  ];
}

export function noteExport(tx: Tx, { filter, days, rows }: Taken): void {
  recordAct(tx, {
    action: 'audit.export',
    targetType: 'audit',
    targetId: 'entries',
    after: { ...filter, ...days, rows: rows.length },
  });
}

/** Who took it, when and what was asked for is in the first row. */
export async function fileOf({ days, rows }: Taken, takenBy: string, at: number) {
  const taken = `${dateOf(at)} ${timeOf(at)} ${takenBy}导出，${days.fromOn} 至 ${days.toOn}，${rows.length} 条`;
  const bytes = await writeSheets([{ name: '审计记录', rows: [[taken], COLUMNS, ...rows] }]);
  return { name: `审计记录-${dateOf(at)}.xlsx`, bytes };
}

const LONGEST = 2_000;
const json = (value: unknown): string =>
  value === null || value === undefined ? '' : JSON.stringify(value).slice(0, LONGEST);
