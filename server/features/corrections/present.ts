/** What the record says now, beside what somebody says it should: HR's data may agree already. */
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { VALUE_WORDS } from '../access/index.ts';
import type { PersonRecord, RevealedField } from '../directory/index.ts';
import type { CorrectionsContext } from './commands/context.ts';
import type { CorrectionAnswer, Field } from './contract.ts';
import { isCleared } from './fields.ts';
import type { CorrectionsOrg } from './policy.ts';

type Present = CorrectionAnswer['present'];
type Deps = Pick<CorrectionsContext, 'directory'>;

/** The words of one field, masked when personal; null: nothing of it is in the record. */
export function presentOf(
  org: CorrectionsOrg,
  record: PersonRecord,
  personId: string,
  field: Field,
): string | null {
  const words = readers[field]?.(org, record, personId) ?? '';
  return words === '' ? null : words;
}

type Reader = (org: CorrectionsOrg, record: PersonRecord, personId: string) => string | null | undefined;

const coded = (code: string | null | undefined): string | null =>
  code === null || code === undefined ? null : (VALUE_WORDS[code] ?? code);

const readers: Partial<Record<Field, Reader>> = {
  name: (org, _record, personId) => org.person(personId)?.name,
  staffNo: (org, _record, personId) => org.person(personId)?.staffNo,
  sex: (_org, { sex }) => coded(sex),
  idType: (_org, { idType }) => coded(idType),
  idNumber: (_org, { idNumberMasked }) => idNumberMasked,
  bornOn: (_org, { bornOnMasked }) => bornOnMasked,
  unit: (org, _record, personId) => unitsOf(org, personId).join('；'),
  title: (org, _record, personId) => titlesOf(org, personId).join('；'),
  manager: (org, { managerId }) => (managerId === null ? null : org.person(managerId)?.name),
  category: (org, _record, personId) => coded(org.person(personId)?.category),
  establishment: (org, _record, personId) => coded(org.person(personId)?.establishment),
  grade: (_org, { grade }) => grade,
  employedOn: (_org, { employedOn }) => employedOn,
  contractUntilOn: (_org, { contractUntilOn }) => contractUntilOn,
  // H5: HR's status of somebody locked tells why.
  status: (org, { status }, personId) => (org.person(personId)?.state === 'locked' ? '锁定' : coded(status)),
  mobile: (_org, { mobileMasked }) => mobileMasked,
  email: (_org, { emailMasked }) => emailMasked,
  address: (_org, { addressMasked }) => addressMasked,
  userid: (org, _record, personId) => org.person(personId)?.userid,
};

const unitsOf = (org: CorrectionsOrg, personId: string): string[] =>
  org.assignmentsOf(personId).map(({ unitId }) =>
    org
      .pathOf(unitId)
      .map(({ name }) => name)
      .join(' / '),
  );

const titlesOf = (org: CorrectionsOrg, personId: string): string[] =>
  org.assignmentsOf(personId).map(({ title }) => title);

/** @param wanted null once it was erased: then nothing is compared */
export async function compare(
  { directory }: Deps,
  reads: Reads,
  org: CorrectionsOrg,
  { personId, field, wanted }: { personId: string; field: Field; wanted: string | null },
): Promise<Present> {
  const record = await directory.personRecord(reads, personId);
  const words = record === null ? null : presentOf(org, record, personId, field);
  if (wanted === null || field === 'other') return { words, agrees: null };
  if (isKept(field)) return { words, agrees: await holds({ directory }, reads, personId, field, wanted) };
  return { words, agrees: variants(org, personId, field, words).some((one) => same(one, wanted)) };
}

const KEPT: readonly string[] = [
  'mobile',
  'idNumber',
  'bornOn',
  'email',
  'address',
] satisfies RevealedField[];
const isKept = (field: Field): field is RevealedField & Field => KEPT.includes(field);

/** Compared inside: who may not see the value learns only whether it is the one that was asked for. */
async function holds(
  { directory }: Deps,
  reads: Reads,
  personId: string,
  field: RevealedField,
  wanted: string,
): Promise<boolean> {
  const value = await directory.revealField(reads, personId, field);
  if (value === null) return isCleared(field, wanted);
  if (field === 'email' || field === 'address') return same(value, wanted);
  return directory.secretOf(field, value).print === directory.secretOf(field, wanted).print;
}

/** Somebody with several posts asks for one of them, and writes a unit with or without what lies above it. */
function variants(org: CorrectionsOrg, personId: string, field: Field, words: string | null): string[] {
  const whole = words === null ? [] : [words];
  if (field === 'title') return [...whole, ...titlesOf(org, personId)];
  if (field !== 'unit') return whole;
  const names = org.assignmentsOf(personId).flatMap(({ unitId }) => org.unit(unitId)?.name ?? []);
  return [...whole, ...unitsOf(org, personId), ...names];
}

const same = (one: string, other: string): boolean => packed(one) === packed(other);

const packed = (text: string): string => text.normalize('NFKC').replace(/[\s/]/g, '').toLowerCase();
