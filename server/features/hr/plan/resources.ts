import type { Doubt, KnownPerson } from '../model.ts';
import { peopleAt } from './known-index.ts';
import type { Settled } from './match.ts';
import type { Outlook } from './outlook.ts';
import { startDay } from './status.ts';

/** What only one person can have at a time: the mobile (B4), the staff number, the ID number. */
export interface Resource {
  readonly kind: Doubt['kind'];
  readonly words: string;
  readonly field: 'mobile' | 'staffNo' | 'idNumber';
  held(person: KnownPerson): string | null;
  wanted(settled: Settled): string | null;
  holders(value: string, outlook: Outlook): readonly KnownPerson[];
  /** May it be taken from somebody who would still have it? */
  isFreeable(person: KnownPerson, outlook: Outlook): boolean;
}

export const MOBILE: Resource = {
  kind: 'mobileTaken',
  words: '手机号',
  field: 'mobile',
  held: ({ mobile }) => mobile?.print ?? null,
  wanted: ({ row, person }) => (row.mobile === undefined ? person?.mobile : row.mobile)?.print ?? null,
  holders: (print, { base }) => peopleAt(base.index.byMobile, print),
  isFreeable(person, outlook) {
    // Somebody a row was held back for is left as they are.
    if (outlook.isHeld(person)) return false;
    if (outlook.isGoneAfter(person)) return true;
    const settled = outlook.rowOf(person);
    // Gone until they come back, then with another number.
    if (settled?.rehire) return MOBILE.wanted(settled) !== MOBILE.held(person);
    // 企业微信 keeps nobody without mobile and email, also while disabled (errcode 60129).
    if (person.state !== 'locked' || person.email === null) return false;
    // Disabled, to stay so as far as this source says, and no row insists on the number.
    const row = settled?.row;
    return !row || (row.status !== 'working' && row.mobile === undefined);
  },
};

const STAFF_NO: Resource = {
  kind: 'maybeSamePerson',
  words: '工号',
  field: 'staffNo',
  held: ({ staffNo }) => staffNo,
  wanted: ({ row }) => row.staffNo,
  holders(staffNo, { base }) {
    const holder = base.index.byStaffNo.get(staffNo);
    return holder ? [holder] : [];
  },
  isFreeable: () => false,
};

/** One person, one file: an ID number belongs to one for ever, also to somebody who left (B7). */
const ID_NUMBER: Resource = {
  kind: 'maybeSamePerson',
  words: '证件号码',
  field: 'idNumber',
  held: ({ idNumber }) => idNumber?.print ?? null,
  wanted: ({ row, person }) => (row.idNumber === undefined ? person?.idNumber : row.idNumber)?.print ?? null,
  holders: (print, { base }) => peopleAt(base.index.byIdNumber, print),
  isFreeable: () => false,
};

const RESOURCES = [MOBILE, STAFF_NO, ID_NUMBER] as const;

/** What the person of this row will have; who leaves keeps what they have until somebody takes it. */
export function wantedOf(resource: Resource, settled: Settled, outlook: Outlook): string | null {
  if (outlook.isRecordKept(settled)) return resource.wanted(settled);
  return settled.person && resource.held(settled.person);
}

/** Rows that want what their person does not have, by resource and value. */
export type Takers = ReadonlyMap<Resource, ReadonlyMap<string, readonly Settled[]>>;

export const takersOf = (outlook: Outlook): Takers =>
  new Map(RESOURCES.map((resource) => [resource, takersOfOne(resource, outlook)]));

function takersOfOne(resource: Resource, outlook: Outlook): Map<string, Settled[]> {
  const takers = new Map<string, Settled[]>();
  for (const settled of outlook.base.settled) {
    const value = wantedOf(resource, settled, outlook);
    if (value === null || (settled.person && resource.held(settled.person) === value)) continue;
    const others = takers.get(value);
    if (others) others.push(settled);
    else takers.set(value, [settled]);
  }
  // In an order that does not depend on the rows': it decides which of two doubts on one person is told.
  for (const others of takers.values()) others.sort((a, b) => (a.row.staffNo < b.row.staffNo ? -1 : 1));
  return new Map([...takers].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Those who have it now and would have it still, at least until they come back on a later day. */
export const keepersOf = (resource: Resource, value: string, outlook: Outlook): KnownPerson[] =>
  resource.holders(value, outlook).filter((person) => keeps(resource, value, person, outlook));

export function keeps(resource: Resource, value: string, person: KnownPerson, outlook: Outlook): boolean {
  const settled = outlook.rowOf(person);
  if (!settled || wantedOf(resource, settled, outlook) === value) return true;
  const { days } = outlook.base;
  return settled.rehire && startDay(settled.row, days) > days.today;
}
