import type { Actor } from '../../kernel/actor.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { BatchAnswer, FaultAnswer, FaultsAnswer, RowsAnswer } from './contract.ts';
import { faultOf, isReadable, loadBatch, someRows } from './batch-store.ts';
import type { HrContext } from './deps.ts';
import type { Fault, SheetKind } from './model.ts';
import { mayTakeFile } from './policy.ts';
import { batchBrief, type NameOf, seqOf } from './queries.ts';
import {
  COLUMNS,
  columnOf,
  createSuggestions,
  faultTitle,
  faultWords,
  labelOf,
  type Suggestions,
} from './sheet/index.ts';
import { completeOf } from './sources/fetch-store.ts';
import { FaultTable, type FaultRow, type Trouble } from './tables.ts';

/** Words of an error code, for a file that could not be read. */
export type TroubleWords = (trouble: Trouble) => string;

const HASH_SHOWN = 12;
const MILLE = 1000;

export async function readBatchAnswer(
  reads: Reads,
  viewer: Actor,
  batchId: string,
  nameOf: NameOf,
  troubleWords: TroubleWords,
): Promise<BatchAnswer> {
  const row = await loadBatch(reads, batchId);
  const usable = row.missingColumns.length === 0;
  return {
    ...batchBrief(row, nameOf),
    progress: row.progressMille / MILLE,
    trouble: row.trouble === null ? null : troubleWords(row.trouble),
    fileHash: row.fileHash?.slice(0, HASH_SHOWN) ?? null,
    encoding: row.encoding,
    columns: [...row.columns],
    missingColumns: [...row.missingColumns],
    figures: row.figures,
    warnings: [...row.warnings],
    can: {
      fix: isReadable(row) && usable,
      plan: isReadable(row) && usable,
      complete: (await completeOf(reads, batchId)) !== false,
      marked: isReadable(row) && mayTakeFile(viewer, row),
    },
  };
}

/** Faults in the order of the sheet, each with its cell, what would be right and how many are alike. */
export async function listFaults(
  ctx: HrContext,
  reads: Reads,
  batchId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<FaultsAnswer> {
  const batch = await loadBatch(reads, batchId);
  const rows = await reads.em
    .getRepository(FaultTable)
    .createQueryBuilder('f')
    .where('f.batchId = :batchId and f.seq > :after', { batchId, after: seqOf(cursor) })
    .orderBy('f.seq')
    .limit(limit + 1)
    .getMany();
  const shown = rows.slice(0, limit);
  const suggestions = await suggestionsFor(ctx, reads);
  const items = await Promise.all(shown.map((row) => faultAnswer(ctx, reads, row, suggestions)));
  return {
    items,
    next: rows.length > limit ? String(shown.at(-1)?.seq ?? '') : null,
    total: batch.faultCount,
  };
}

interface Named {
  readonly suggestions: Suggestions;
  readonly headcount: (code: string) => number;
  readonly personName: (staffNo: string) => string;
}

async function suggestionsFor(ctx: HrContext, reads: Reads): Promise<Named> {
  const org = await ctx.directory.orgOf(reads);
  const units = new Map(org.units().map((unit) => [unit.code, unit]));
  const people = new Map(org.people().map((person) => [person.staffNo, person.name]));
  return {
    suggestions: createSuggestions([...units.values()], org.people()),
    headcount: (code) => org.headcount(units.get(code)?.unitId ?? ''),
    personName: (staffNo) => people.get(staffNo) ?? '',
  };
}

async function faultAnswer(ctx: HrContext, reads: Reads, row: FaultRow, named: Named): Promise<FaultAnswer> {
  const { batchId, kind, line, columnKey, code, hint } = row;
  const [source] = await someRows(reads, ctx.cells, batchId, { kind, from: line, limit: 1 });
  const value = source?.line === line ? (source.cells[columnKey] ?? '') : '';
  const fault = faultOf(row);
  const { what, cure } = faultWords(fault);
  return {
    id: row.id,
    kind,
    line,
    column: columnKey,
    label: faultTitle(fault),
    code,
    words: `${what}。${cure}`,
    hint,
    value: shownValue(kind, columnKey, value),
    nearest: nearestOf(fault, value, named),
    same: await sameFaults(reads, row),
  };
}

function nearestOf({ code }: Fault, value: string, { suggestions, headcount, personName }: Named) {
  if (code === 'unknownUnit')
    return suggestions
      .units(value)
      .map((unit) => ({ value: unit.code, words: `${unit.name}（${headcount(unit.code)} 人）` }));
  if (code === 'unknownPerson')
    return suggestions
      .staffNos(value)
      .map((staffNo) => ({ value: staffNo, words: `${staffNo} ${personName(staffNo)}` }));
  return [];
}

const sameFaults = (
  reads: Reads,
  { batchId, kind, columnKey, code, valuePrint }: FaultRow,
): Promise<number> =>
  reads.em.getRepository(FaultTable).countBy({ batchId, kind, columnKey, code, valuePrint });

/** Personal cells are masked even in the sheet (rule H6): the end is enough to find the row on paper. */
export function shownValue(kind: SheetKind, column: string, value: string): string {
  if (!columnOf(kind, column)?.personal || value === '') return value;
  const seen = 4;
  return value.length <= seen
    ? '*'.repeat(value.length)
    : `${'*'.repeat(value.length - seen)}${value.slice(-seen)}`;
}

/** Some lines of a sheet with what is wrong in them. */
export async function readRows(
  ctx: HrContext,
  reads: Reads,
  batchId: string,
  which: { kind: SheetKind; from: number; limit: number },
): Promise<RowsAnswer> {
  const batch = await loadBatch(reads, batchId);
  const rows = await someRows(reads, ctx.cells, batchId, which);
  const taken = new Set(
    batch.columns.filter(({ kind }) => kind === which.kind).flatMap(({ column }) => column ?? []),
  );
  const columns = COLUMNS[which.kind].filter(({ key }) => taken.has(key));
  const faults = await faultsOfLines(
    reads,
    batchId,
    which.kind,
    rows.map(({ line }) => line),
  );
  return {
    columns: columns.map(({ key }) => ({ column: key, label: labelOf(which.kind, key) })),
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(
        columns.map(({ key }) => [key, shownValue(which.kind, key, cells[key] ?? '')]),
      ),
      faults: faults.get(line) ?? [],
    })),
    total: which.kind === 'units' ? batch.unitRows : batch.peopleRows,
  };
}

async function faultsOfLines(
  reads: Reads,
  batchId: string,
  kind: SheetKind,
  lines: readonly number[],
): Promise<Map<number, string[]>> {
  const byLine = new Map<number, string[]>();
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return byLine;
  const rows = await reads.em.query<{ line: number; columnKey: string }[]>(
    'select line, columnKey from hr_fault where batchId = ? and kind = ? and line >= ? and line <= ?',
    [batchId, kind, first, last],
  );
  for (const { line, columnKey } of rows) byLine.set(line, [...(byLine.get(line) ?? []), columnKey]);
  return byLine;
}
