import type { SheetKind } from '../../model.ts';
import { headsOf } from '../../sheet/map-columns.ts';
import { looseWord } from '../../sheet/text-forms.ts';
import type { PushedRow } from '../contract.ts';
import type { Mapping } from '../statement.ts';

export interface NormalRows {
  readonly records: readonly { readonly kind: SheetKind; readonly record: PushedRow }[];
  readonly mapping: Mapping;
  /** Names nobody knows, by kind: reported and ignored. */
  readonly ignored: Readonly<Record<SheetKind, readonly string[]>>;
}

type Pushed = Readonly<Record<SheetKind, readonly PushedRow[]>>;
const KINDS: readonly SheetKind[] = ['units', 'people'];

/** Rows under our column keys, whatever of our names the caller used: `staffNo`, `工号`. */
export function normalRows(parts: readonly Pushed[]): NormalRows {
  const records: { kind: SheetKind; record: PushedRow }[] = [];
  const columns = { units: new Set<string>(), people: new Set<string>() };
  const ignored = { units: new Set<string>(), people: new Set<string>() };
  const normal = (kind: SheetKind, row: PushedRow): PushedRow => {
    const record: PushedRow = {};
    for (const [name, value] of Object.entries(row)) {
      const column = columnNamed(kind, name);
      (column === undefined ? ignored : columns)[kind].add(column ?? name);
      if (column !== undefined) record[column] = value;
    }
    return record;
  };
  for (const part of parts) {
    for (const kind of KINDS) records.push(...part[kind].map((row) => ({ kind, record: normal(kind, row) })));
  }
  const said = KINDS.filter((kind) => records.some((one) => one.kind === kind));
  return {
    records,
    mapping: Object.fromEntries(
      said.map((kind) => [kind, [...columns[kind]].sort().map((column) => ({ column, from: column }))]),
    ),
    ignored: { units: [...ignored.units].sort(), people: [...ignored.people].sort() },
  };
}

function columnNamed(kind: SheetKind, name: string): string | undefined {
  const match = headsOf(kind).get(looseWord(name));
  return match?.how === 'name' ? match.column.key : undefined;
}
