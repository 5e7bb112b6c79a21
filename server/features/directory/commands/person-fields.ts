import { isCalendarDate } from '../../../kernel/dates.ts';
import { badRequest, conflict, refused } from '../../../kernel/errors.ts';
import { readIdNumber } from '../../../kernel/id-card.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { CODE, EMAIL, emailKeyOf, MOBILE, NAME, USERID } from '../forms.ts';
import type { Fields } from '../history.ts';
import type { SecretField } from '../known.ts';
import { romanise } from '../romanise.ts';
import { changeOf } from '../roster/plan-posts.ts';
import type { PersonRow } from '../tables.ts';
import type { PersonFields } from './goals.ts';
import { maskEmail, type Personal } from './protect-personal.ts';

const PLAIN = [
  'staffNo',
  'sourceId',
  'sex',
  'idType',
  'email',
  'grade',
  'category',
  'establishment',
  'employedOn',
  'contractUntilOn',
  'status',
  'statusOn',
  'leaveReason',
] as const satisfies readonly (keyof PersonFields & keyof PersonRow)[];
const SECRETS = ['idNumber', 'bornOn', 'mobile'] as const satisfies readonly SecretField[];

/** The given fields as columns; what was not given is not there (A5). */
export function fieldGoal(
  row: PersonRow | null,
  fields: PersonFields,
  personal: Personal,
): Partial<PersonRow> {
  const { name, userid, email, sortOrder } = fields;
  const plain = Object.fromEntries(
    PLAIN.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
  ) as Partial<PersonRow>;
  return {
    ...plain,
    ...(name !== undefined && name !== row?.name && { name, ...romanise(name) }),
    ...(userid !== undefined && { userid, useridKey: userid.toLowerCase() }),
    ...(email !== undefined && { emailKey: emailKeyOf(email) }),
    ...(sortOrder !== undefined && { sortOrder: sortOrder ?? 0 }),
    ...Object.assign({}, ...SECRETS.map((field) => secretGoal(row, field, fields[field], personal))),
  };
}

/** Nothing when the value is the stored one: two seals of one value differ. */
function secretGoal(
  row: PersonRow | null,
  field: SecretField,
  value: string | null | undefined,
  personal: Personal,
): Partial<PersonRow> {
  if (value === undefined) return {};
  if (value === null) return { [`${field}Sealed`]: null, [`${field}Masked`]: null, [`${field}Print`]: null };
  if (row && personal.secretOf(field, value).print === row[`${field}Print`]) return {};
  const { sealed, masked, print } = personal.protect(field, value);
  return { [`${field}Sealed`]: sealed, [`${field}Masked`]: masked, [`${field}Print`]: print };
}

/** Columns that differ, or null when none does. */
export function changesOf(row: PersonRow, goal: Partial<PersonRow>): Partial<PersonRow> | null {
  return changeOf(row, goal)[0]?.changes ?? null;
}

const HIDDEN = /(Sealed|Print|Key)$/;

/** The columns of `changes` as `row` has them, fit for history: no sealed value, no print, e-mail masked. */
export function shown(row: Partial<PersonRow>, changes: Partial<PersonRow>): Fields {
  const keys = (Object.keys(changes) as (keyof PersonRow)[]).filter(
    (key) => !HIDDEN.test(key) && key !== 'pinyin' && key !== 'initials',
  );
  return Object.fromEntries(
    keys.map((key) => [
      key.replace(/Masked$/, ''),
      key === 'email' ? maskEmail(row.email ?? null) : (row[key] ?? null),
    ]),
  );
}

/** The form of every given field. Who sends a malformed one has a fault of its own: readers check before. */
export function mustBeWellFormed(fields: PersonFields, now: number): void {
  const wrong = (field: string) => badRequest('directory.malformed', { field });
  const text = (field: 'staffNo' | 'name' | 'userid' | 'mobile' | 'email', form: RegExp) => {
    const value = fields[field];
    if (value !== undefined && value !== null && !form.test(value)) throw wrong(field);
  };
  text('staffNo', CODE);
  text('name', NAME);
  text('userid', USERID);
  text('mobile', MOBILE);
  text('email', EMAIL);
  for (const field of ['bornOn', 'employedOn', 'contractUntilOn'] as const) {
    const value = fields[field];
    if (typeof value === 'string' && !isCalendarDate(value)) throw wrong(field);
  }
  // B9: only a resident's number has this form; other papers have their own types (B11).
  if (fields.idType === 'residentId' && typeof fields.idNumber === 'string') {
    if (!readIdNumber(fields.idNumber, dateOf(now)).ok) throw wrong('idNumber');
  }
}

/** After the change: reachable, and nobody's number or account taken over (B1, B4, B5, F9). */
export async function mustNotClash(tx: Tx, row: PersonRow, changes: Partial<PersonRow>): Promise<void> {
  const after = { ...row, ...changes };
  // 企业微信 refuses a member with neither (errcode 60129).
  if (after.state !== 'left' && after.mobilePrint === null && after.email === null)
    throw refused('directory.no_contact');
  await mustBeFree(tx, row.id, 'staffNo', changes.staffNo, 'directory.staff_no_taken');
  await mustBeFree(tx, row.id, 'useridKey', changes.useridKey, 'directory.userid_taken');
  // One person, one record, also after leaving: a former one is employed again, not made twice (B7, F9).
  await mustBeFree(tx, row.id, 'idNumberPrint', changes.idNumberPrint, 'directory.id_number_known');
  if (after.state !== 'left') await mobileMustBeFree(tx, row.id, changes.mobilePrint);
}

/** B4: a number belongs to one person who is here; a former one does not keep it. */
export function mobileMustBeFree(tx: Tx, personId: string, print: string | null | undefined): Promise<void> {
  return mustBeFree(tx, personId, 'mobilePrint', print, 'directory.mobile_taken', `and state <> 'left'`);
}

async function mustBeFree(
  tx: Tx,
  personId: string,
  column: 'staffNo' | 'useridKey' | 'idNumberPrint' | 'mobilePrint',
  value: string | null | undefined,
  code: string,
  among = '',
): Promise<void> {
  if (value === undefined || value === null) return;
  const rows: { id: string }[] = await tx.em.query(
    `select id from person where ${column} = ? and id <> ? ${among}`,
    [value, personId],
  );
  if (rows.length > 0) throw conflict(code);
}
