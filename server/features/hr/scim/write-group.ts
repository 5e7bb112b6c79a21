import { dateOf } from '../../../kernel/dates.ts';
import { AppError, badRequest, conflict, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { scimReads } from '../../directory/index.ts';
import { type Ctx, placeOf, type Precondition, sourceOf, type Written } from './context.ts';
import { isNode } from './evaluate.ts';
import { externalIdsOf, setExternalId, targetOf } from './links.ts';
import { MAX_MEMBERS } from './list.ts';
import { permit } from './permit.ts';
import { type Doc, readDocument } from './read-document.ts';
import { groupOf } from './resources.ts';
import { GROUPS, UNIT } from './schema.ts';
import { whyNotCreate, whyNotRearrange } from './until-accepted.ts';
import { newPost } from './user-goals.ts';

/** Each is a change of a person with all that follows; more is for HR's statements. */
export const MAX_MEMBER_CHANGES = 200;
const CODE = /^[\w-]{1,32}$/;

interface GroupRecord {
  readonly name: string | null | undefined;
  readonly code: string | null | undefined;
  readonly parentId: string | null | undefined;
  readonly externalId: string | null | undefined;
  /** Undefined: not said. */
  readonly memberIds: ReadonlySet<string> | undefined;
}

function recordOf(doc: Doc): GroupRecord {
  const unit = isNode(doc[UNIT]) ? doc[UNIT] : {};
  const members: readonly unknown[] = Array.isArray(doc.members) ? doc.members : [];
  const parent = isNode(unit.parent) ? unit.parent.value : unit.parent;
  return {
    name: doc.displayName as string | null | undefined,
    code: unit.code as string | null | undefined,
    parentId: parent as string | null | undefined,
    externalId: doc.externalId as string | null | undefined,
    memberIds: doc.members === undefined ? undefined : new Set(members.map(memberIn)),
  };
}

function memberIn(member: unknown): string {
  const { value, type } = isNode(member) ? member : ({} as Record<string, unknown>);
  if (typeof value !== 'string' || (type !== undefined && type !== 'User'))
    throw badRequest('scim.invalid_value', { attribute: 'members' });
  return value;
}

/** POST: a new unit. @throws conflict `scim.taken` when the code or the externalId is one of a unit */
export async function createGroup(ctx: Ctx, tx: Tx, body: unknown): Promise<Written> {
  const { directory } = ctx;
  const record = recordOf(readDocument(GROUPS, body));
  const { name, externalId, parentId } = record;
  if (typeof name !== 'string') throw badRequest('scim.missing', { attribute: 'displayName' });
  mustBeShort(externalId);
  await directory.lock(tx);
  const code =
    record.code ?? (typeof externalId === 'string' && CODE.test(externalId) ? externalId : newId());
  await mustBeNew(directory, tx, code, externalId);
  const parentCode = typeof parentId === 'string' ? await codeOf(tx, parentId) : null;
  const added = [...(record.memberIds ?? [])];
  const refused = added.length > 0 ? await whyNotCreate(ctx, tx, 'scim.createUnit') : null;
  if (refused) return { refused };
  const { unitId } = await directory.putUnit(tx, { code, name, parentCode });
  await changeMembers(directory, tx, unitId, added, []);
  if (typeof externalId === 'string') await setExternalId(tx, sourceOf(tx), 'group', unitId, externalId);
  return { id: unitId };
}

async function mustBeNew(
  { lookups }: Ctx['directory'],
  tx: Tx,
  code: string,
  externalId: string | null | undefined,
): Promise<void> {
  const byCode = await lookups.unitIdOf(tx, code);
  const byLink =
    typeof externalId === 'string' ? await targetOf(tx, sourceOf(tx), 'group', externalId) : null;
  const ids = [byCode, byLink].flatMap((id) => id ?? []);
  const here = await scimReads.unitsByIds(tx, ids);
  if (here.length > 0)
    throw conflict('scim.taken', { attribute: here[0]?.id === byCode ? `${UNIT}:code` : 'externalId' });
  // The name of a unit that is gone is free for the next one.
  if (byLink !== null && byLink !== byCode) await setExternalId(tx, sourceOf(tx), 'group', byLink, null);
}

function mustBeShort(externalId: string | null | undefined): void {
  if (typeof externalId === 'string' && externalId.length > 191)
    throw badRequest('scim.invalid_value', { attribute: 'externalId' });
}

async function codeOf(tx: Tx, unitId: string): Promise<string> {
  const [unit] = await scimReads.unitsByIds(tx, [unitId]);
  if (!unit) throw badRequest('scim.invalid_value', { attribute: `${UNIT}:parent` });
  return unit.code;
}

/**
 * PUT and PATCH: rename, move, who holds a post there.
 * @throws badRequest `scim.mutability` for another code, `scim.main_post` for whoever has their main post there
 */
export async function changeGroup(
  ctx: Ctx,
  tx: Tx,
  id: string,
  next: (before: Doc) => Doc,
  precondition: Precondition,
): Promise<Written> {
  const { directory } = ctx;
  const { unit, members, externalId } = await presentGroup(ctx, tx, id, precondition);
  const before = readDocument(GROUPS, groupOf(unit, members, externalId, { base: '' }));
  const after = recordOf(next(before));
  const { name = unit.name, code = unit.code } = after;
  if (name === null) throw badRequest('scim.invalid_value', { attribute: 'displayName' });
  if (code !== unit.code) throw badRequest('scim.mutability', { attribute: `${UNIT}:code` });
  mustBeShort(after.externalId);
  const parentId = after.parentId === undefined ? unit.parentId : after.parentId;
  const { added, gone } = memberChanges(members, after.memberIds);
  const isRearranged = parentId !== unit.parentId || added.length + gone.length > 0;
  const refused = isRearranged ? await whyNotRearrange(ctx, tx, id) : null;
  if (refused) return { refused };
  if (name !== unit.name || parentId !== unit.parentId) {
    const parentCode = parentId === null ? null : await codeOf(tx, parentId);
    const moved = parentId !== unit.parentId && { parentCode };
    await directory.putUnit(tx, { code: unit.code, name, ...moved });
  }
  await changeMembers(directory, tx, id, added, gone);
  if (after.externalId !== undefined && after.externalId !== (externalId ?? null))
    await setExternalId(tx, sourceOf(tx), 'group', id, after.externalId);
  return { id };
}

/** @throws badRequest `scim.main_post` */
function memberChanges(
  members: readonly scimReads.MemberRead[],
  wanted: ReadonlySet<string> | undefined,
): { readonly added: string[]; readonly gone: string[] } {
  if (!wanted) return { added: [], gone: [] };
  const had = new Set(members.map(({ personId }) => personId));
  const gone = members.filter(({ personId }) => !wanted.has(personId));
  if (gone.some(({ kind }) => kind === 'main')) throw badRequest('scim.main_post');
  return {
    added: [...wanted].filter((personId) => !had.has(personId)),
    gone: gone.map(({ personId }) => personId),
  };
}

/** DELETE: the unit is dissolved; the directory refuses while anybody or anything is in it (rule C6). */
export async function removeGroup(
  ctx: Ctx,
  tx: Tx,
  id: string,
  precondition: Precondition,
): Promise<Written> {
  await presentGroup(ctx, tx, id, precondition);
  const refused = await permit(ctx, tx, { kind: 'dissolve', targetId: id, unitId: id });
  if (refused) return { refused };
  await ctx.directory.dissolveUnit(tx, id);
  return { id };
}

async function presentGroup(ctx: Ctx, tx: Tx, id: string, precondition: Precondition) {
  await ctx.directory.lock(tx);
  const [unit] = await scimReads.unitsByIds(tx, [id]);
  if (!unit) throw notFound('scim.not_found');
  const members = await scimReads.membersOf(tx, [id], MAX_MEMBERS + 1);
  if (members.length > MAX_MEMBERS) throw badRequest('scim.too_many_members', { most: MAX_MEMBERS });
  const externalId = (await externalIdsOf(tx, sourceOf(tx), 'group', [id])).get(id);
  precondition(groupOf(unit, members, externalId, placeOf(ctx)));
  return { unit, members, externalId };
}

async function changeMembers(
  directory: Ctx['directory'],
  tx: Tx,
  unitId: string,
  added: readonly string[],
  gone: readonly string[],
): Promise<void> {
  if (added.length + gone.length > MAX_MEMBER_CHANGES)
    throw new AppError('scim.too_many_changes', { status: 413, data: { most: MAX_MEMBER_CHANGES } });
  for (const personId of added) {
    const posts = await directory.lookups.postsOf(tx, personId);
    const others = posts.filter((post) => post.unitId !== unitId);
    await directory.changePosts(tx, personId, [...others, newPost(unitId, dateOf(tx.now))]);
  }
  for (const personId of gone) {
    const posts = await directory.lookups.postsOf(tx, personId);
    await directory.changePosts(
      tx,
      personId,
      posts.filter((post) => post.unitId !== unitId),
    );
  }
}
