import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { maskEmail, type Personal } from '../commands/protect-personal.ts';
import type { SecretField } from '../known.ts';
import { AssignmentTable, type AssignmentRow, type PersonRow } from '../tables.ts';

/** What HR knows of one person beyond the read model, personal values masked (H6). */
export type PersonRecord = Pick<
  PersonRow,
  | 'sex'
  | 'idType'
  | 'idNumberMasked'
  | 'bornOnMasked'
  | 'mobileMasked'
  | 'addressMasked'
  | 'grade'
  | 'managerId'
  | 'employedOn'
  | 'contractUntilOn'
  | 'status'
  | 'statusOn'
  | 'leaveReason'
> & { readonly emailMasked: string | null };

const COLUMNS = [
  'sex',
  'idType',
  'idNumberMasked',
  'bornOnMasked',
  'mobileMasked',
  'addressMasked',
  'grade',
  'managerId',
  'employedOn',
  'contractUntilOn',
  'status',
  'statusOn',
  'leaveReason',
  'email',
];

export async function personRecord(reads: Reads, personId: string): Promise<PersonRecord | null> {
  const rows: (PersonRecord & { readonly email: string | null })[] = await reads.em.query(
    `select ${COLUMNS.join(', ')} from person where id = ?`,
    [personId],
  );
  const [row] = rows;
  if (!row) return null;
  const { email, ...record } = row;
  return { ...record, emailMasked: maskEmail(email) };
}

export type HeldPost = Pick<
  AssignmentRow,
  'id' | 'unitId' | 'kind' | 'title' | 'isHead' | 'sinceOn' | 'untilOn'
>;

/** Every post a person holds, held or will hold, newest first. */
export async function postsEver(reads: Reads, personId: string): Promise<HeldPost[]> {
  return reads.em
    .getRepository(AssignmentTable)
    .find({ where: { personId }, order: { sinceOn: 'DESC', id: 'DESC' } });
}

/** What is masked everywhere and may be asked for in full. */
export type RevealedField = SecretField | 'email' | 'address';

/**
 * One personal value in full; null when there is none. Whoever calls has checked the right, and records the look in
 * the same unit of work (H6).
 */
export const createRevealField =
  (personal: Personal) =>
  async (reads: Reads, personId: string, field: RevealedField): Promise<string | null> => {
    const column = field === 'email' ? 'email' : `${field}Sealed`;
    const rows: { value: string | null }[] = await reads.em.query(
      `select ${column} as value from person where id = ?`,
      [personId],
    );
    const value = rows[0]?.value ?? null;
    return value === null || field === 'email' ? value : personal.reveal(field, value);
  };
