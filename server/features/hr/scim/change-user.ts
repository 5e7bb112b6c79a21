import { dateOf } from '../../../kernel/dates.ts';
import { badRequest, forbidden, notFound } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type PostGoal, scimReads } from '../../directory/index.ts';
import { type Ctx, placeOf as placeIn, type Precondition, sourceOf, type Written } from './context.ts';
import { externalIdsOf, setExternalId } from './links.ts';
import { permit } from './permit.ts';
import { type Doc, readDocument } from './read-document.ts';
import { userOf } from './resources.ts';
import { USERS } from './schema.ts';
import { wasOurs } from './standing.ts';
import { whyNotChange } from './until-accepted.ts';
import { fieldsOf, newPost, unitCalled } from './user-goals.ts';
import { changesBetween, KEPT_MOBILE, mustBeKeepable, recordOf, type UserRecord } from './user-record.ts';

/**
 * PUT and PATCH: `next` makes the new document of the present one.
 * @throws notFound `scim.not_found`; forbidden `scim.locked` for an account this system did not lock
 */
export async function changeUser(
  ctx: Ctx,
  tx: Tx,
  id: string,
  next: { readonly of: (before: Doc) => Doc; readonly patched: boolean },
  precondition: Precondition,
): Promise<Written> {
  const { directory } = ctx;
  const person = await presentUser(ctx, tx, id, precondition);
  const before = await writableDoc(tx, person);
  const had = recordOf(before);
  const changes = changesBetween(had, recordOf(next.of(before), next.patched ? person.name : undefined));
  mustBeKeepable(changes);

  const { active } = changes;
  if (active === true && (person.lockCause !== 'status' || !(await wasOurs(directory, tx, id, 'suspended'))))
    throw forbidden('scim.locked');
  const refused =
    (await whyNotChange(ctx, tx, id, had.userName ?? null, changes)) ??
    (active === false ? await permit(ctx, tx, { kind: 'suspend', ...placeOf(person) }) : null);
  if (refused) return { refused };

  const fields = fieldsOf(changes);
  const posts = await postsAfter(directory, tx, person, changes);
  if (Object.keys(fields).length > 0 || posts)
    await directory.putPerson(tx, { personId: id, ...fields, ...(posts && { posts }) });
  if (changes.managerId !== undefined) await directory.setManager(tx, id, changes.managerId);
  const on = dateOf(tx.now);
  if (active === false) await directory.suspend(tx, id, on);
  if (active === true) await directory.resume(tx, id, { on });
  if (changes.externalId !== undefined) await setExternalId(tx, sourceOf(tx), 'user', id, changes.externalId);
  return { id };
}

/** DELETE: the employment ends. The person, their history and the member in 企业微信 stay. */
export async function removeUser(
  ctx: Ctx,
  tx: Tx,
  id: string,
  precondition: Precondition,
  sourceName: string,
): Promise<Written> {
  const person = await presentUser(ctx, tx, id, precondition);
  const refused = await permit(ctx, tx, { kind: 'end', ...placeOf(person) });
  if (refused) return { refused };
  const reason = `${sourceName} 已删除此人`;
  await ctx.directory.endEmployment(tx, id, { status: 'left', on: dateOf(tx.now), reason });
  return { id };
}

/** Under the lock, so that nobody changes it between this look and our write. */
async function presentUser(
  ctx: Ctx,
  tx: Tx,
  id: string,
  precondition: Precondition,
): Promise<scimReads.PersonRead> {
  await ctx.directory.lock(tx);
  const [person] = await scimReads.peopleByIds(tx, [id]);
  if (!person) throw notFound('scim.not_found');
  precondition(userOf(person, await externalIdOf(tx, id), placeIn(ctx)));
  return person;
}

const externalIdOf = async (tx: Tx, id: string) =>
  (await externalIdsOf(tx, sourceOf(tx), 'user', [id])).get(id);

/** The present document without what cannot be written; a mobile that is kept is there, its number is not. */
async function writableDoc(tx: Tx, person: scimReads.PersonRead): Promise<Doc> {
  const doc = readDocument(USERS, userOf(person, await externalIdOf(tx, person.id), { base: '' }));
  return person.hasMobile ? { ...doc, phoneNumbers: [{ type: 'mobile', value: KEPT_MOBILE }] } : doc;
}

const placeOf = ({ id, posts }: scimReads.PersonRead) => ({
  targetId: id,
  unitId: posts.find(({ kind }) => kind === 'main')?.unitId ?? null,
});

/** All posts the person shall hold when department or title changed; undefined when neither did. */
async function postsAfter(
  { lookups }: Ctx['directory'],
  tx: Tx,
  person: scimReads.PersonRead,
  { department, title }: Partial<UserRecord>,
): Promise<PostGoal[] | undefined> {
  if (department === undefined && title === undefined) return undefined;
  const held = await lookups.postsOf(tx, person.id);
  const main = held.find(({ kind }) => kind === 'main');
  const shown = person.posts.find(({ kind }) => kind === 'main');
  // Said by code, it may be the unit they are in.
  const isSame = typeof department !== 'string' || department === shown?.unitCode;
  const unitId = isSame ? main?.unitId : await unitCalled(tx, department);
  if (unitId === undefined) throw badRequest('scim.invalid_value', { attribute: 'title' });
  const there = held.find((post) => post.unitId === unitId) ?? newPost(unitId, dateOf(tx.now));
  const others = held.filter((post) => post !== main && post.unitId !== unitId);
  const words = title === undefined ? (main?.title ?? there.title) : (title ?? '');
  return [{ ...there, kind: 'main', title: words }, ...others];
}
