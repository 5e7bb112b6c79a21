import { badRequest } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { type PersonFields, type PostGoal, scimReads } from '../../directory/index.ts';
import type { Category } from '../model.ts';
import { fold } from './evaluate.ts';
import type { UserRecord } from './user-record.ts';

/** What a record says in the directory's own fields; posts and superiors are acts of their own. */
export function fieldsOf(record: Partial<UserRecord>): PersonFields {
  const { userName, name, userType, email, mobile, staffNo } = record;
  return {
    ...(typeof userName === 'string' && { userid: userName }),
    ...(typeof name === 'string' && { name }),
    ...(typeof userType === 'string' && { category: fold(userType) as Category }),
    ...(email !== undefined && { email }),
    ...(mobile !== undefined && { mobile }),
    ...(typeof staffNo === 'string' && { staffNo }),
  };
}

/** An unknown unit is never guessed (rule A4), and of two with one name neither. */
export async function unitCalled(reads: Reads, text: string): Promise<string> {
  const [unit, other] = await scimReads.unitsCalled(reads, text);
  if (!unit) throw badRequest('scim.unknown_department', { department: text });
  if (other) throw badRequest('scim.ambiguous_department', { department: text });
  return unit.id;
}

export const newPost = (unitId: string, sinceOn: string): PostGoal => ({
  unitId,
  kind: 'concurrent',
  title: '',
  isHead: false,
  headRank: null,
  sinceOn,
  untilOn: null,
  place: null,
});
