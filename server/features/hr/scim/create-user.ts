import { dateOf } from '../../../kernel/dates.ts';
import { conflict } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { scimReads } from '../../directory/index.ts';
import { type Ctx, sourceOf, type Written } from './context.ts';
import { setExternalId, targetOf } from './links.ts';
import { readDocument } from './read-document.ts';
import { USERS } from './schema.ts';
import { wasOurs } from './standing.ts';
import { whyNotCreate } from './until-accepted.ts';
import { fieldsOf, newPost, unitCalled } from './user-goals.ts';
import { mustBeKeepable, mustBeWhole, recordOf, type UserRecord } from './user-record.ts';

/**
 * POST. Somebody with this staff number or externalId is not made twice (rule B3). A former one whom this system
 * deleted is employed again under the same id (rule B7); one of another name, or whom HR let go, is for HR.
 * @throws conflict `scim.taken`, `scim.former`, `scim.former_differs`; badRequest `scim.missing`, `scim.invalid_value`
 */
export async function createUser(ctx: Ctx, tx: Tx, body: unknown): Promise<Written> {
  const { directory } = ctx;
  const record = mustBeWhole(recordOf(readDocument(USERS, body)));
  mustBeKeepable(record);
  await directory.lock(tx);
  const former = await formerPerson(directory, tx, record);
  const { staffNo, managerId, active, externalId } = record;
  const refused = active === false ? null : await whyNotCreate(ctx, tx, 'scim.create');
  if (refused) return { refused };
  const on = dateOf(tx.now);
  const unitId = await unitCalled(tx, record.department);
  const posts = [{ ...newPost(unitId, on), kind: 'main' as const, title: record.title ?? '' }];
  const fields = { ...fieldsOf(record), staffNo };
  let personId = former;
  if (personId !== null) await directory.rehire(tx, personId, { on, posts, fields });
  else {
    const put = await directory.putPerson(tx, { ...fields, employedOn: on, posts });
    personId = put.personId;
  }
  if (typeof managerId === 'string') await directory.setManager(tx, personId, managerId);
  if (active === false) await directory.suspend(tx, personId, on);
  if (typeof externalId === 'string') await setExternalId(tx, sourceOf(tx), 'user', personId, externalId);
  return { id: personId };
}

async function formerPerson(
  directory: Ctx['directory'],
  tx: Tx,
  { staffNo, externalId, name }: UserRecord & { readonly staffNo: string },
): Promise<string | null> {
  const byNumber = await directory.lookups.personIdOf(tx, staffNo);
  const byLink = typeof externalId === 'string' ? await targetOf(tx, sourceOf(tx), 'user', externalId) : null;
  if (byLink !== null && byNumber !== null && byLink !== byNumber)
    throw conflict('scim.taken', { attribute: 'employeeNumber, externalId' });
  const id = byLink ?? byNumber;
  if (id === null) return null;
  const [person] = await scimReads.peopleByIds(tx, [id], { former: true });
  if (person?.state !== 'left')
    throw conflict('scim.taken', { attribute: byLink === null ? 'employeeNumber' : 'externalId' });
  if (person.name !== name) throw conflict('scim.former_differs');
  if (!(await wasOurs(directory, tx, id, 'left'))) throw conflict('scim.former');
  return id;
}
