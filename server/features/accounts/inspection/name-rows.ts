import { refused } from '../../../kernel/errors.ts';
import type { ImportEvidenceAnswer, ImportEvidenceRequest } from '../contract.ts';

type Row = ImportEvidenceRequest['rows'][number];
type Fault = ImportEvidenceAnswer['faults'][number];

/** Who is meant by what a sheet writes. */
export interface Names {
  byId(personId: string): string | null;
  byStaffNo(staffNo: string): string | null;
  /** Without regard to case (B1). */
  byUserid(userid: string): string | null;
  hasAccount(personId: string): boolean;
}

export interface NamedRows {
  readonly rows: readonly { readonly personId: string; readonly lastAt: number }[];
  readonly faults: readonly Fault[];
}

const WORDS = {
  unknown: '没有这个工号或账号',
  ambiguous: '是一个人的工号，又是另一个人的账号',
  noAccount: '这个人在这个系统没有账号',
  afterCutOff: '时间比数据截至还晚',
} as const satisfies Record<Fault['code'], string>;

/**
 * Each row of a console's export to a person, by staff number or userid (never by name, B2). What is in doubt counts
 * for nobody and is told by row. Pure.
 * @throws `accounts.unknown_person` for an id nobody has
 */
export function nameRows(rows: readonly Row[], names: Names, cutOffAt: number): NamedRows {
  const known: { personId: string; lastAt: number }[] = [];
  const faults: Fault[] = [];
  rows.forEach((row, at) => {
    const found = personOf(row, names, cutOffAt);
    if ('personId' in found) return void known.push({ personId: found.personId, lastAt: row.lastAt });
    const who = 'personId' in row ? row.personId : row.who;
    faults.push({ row: at, who, code: found.code, words: WORDS[found.code] });
  });
  return { rows: known, faults };
}

type Found = { readonly personId: string } | { readonly code: Fault['code'] };

function personOf(row: Row, names: Names, cutOffAt: number): Found {
  const found = 'personId' in row ? personOfId(row.personId, names) : personNamed(row.who, names);
  return 'personId' in found && row.lastAt > cutOffAt ? { code: 'afterCutOff' } : found;
}

/** A program that sends ids knows whom it means. */
function personOfId(personId: string, names: Names): Found {
  if (names.byId(personId) === null) throw refused('accounts.unknown_person');
  return { personId };
}

function personNamed(who: string, names: Names): Found {
  const [byStaffNo, byUserid] = [names.byStaffNo(who), names.byUserid(who)];
  const personId = byStaffNo ?? byUserid;
  if (personId === null) return { code: 'unknown' };
  if (byUserid !== null && byUserid !== personId) return { code: 'ambiguous' };
  if (!names.hasAccount(personId)) return { code: 'noAccount' };
  return { personId };
}
