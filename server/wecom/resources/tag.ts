import { z } from 'zod';
import type { Caller } from '../caller.ts';
import type { SecretKind } from '../capabilities.ts';
import { refuseInput } from '../errors.ts';
import { barredUserids, chars, checked, listOf, nodeId, nothing, tagId, userid } from '../fields.ts';

/**
 * 标签管理 (pages 90210–90216). A tag belongs to the secret that made it, and only that one may change it (81011),
 * so `by` must not change during a tag's life; it is the contacts secret when configured.
 */
const membersShape = z.object({
  userlist: z.array(userid).max(1000).optional(),
  partylist: z.array(nodeId).max(100).optional(),
});
export type TagMembers = z.input<typeof membersShape>;

const changedShape = z.looseObject({
  invalidlist: barredUserids,
  invalidparty: listOf(z.number()),
});
const getShape = z.looseObject({
  tagname: z.string(),
  userlist: listOf(z.looseObject({ userid: z.string(), name: z.string().nullish() })),
  partylist: listOf(z.number()),
});
const listShape = z.looseObject({
  taglist: listOf(z.looseObject({ tagid: z.number(), tagname: z.string() })),
});

export type TagResource = ReturnType<typeof tagResource>;

export function tagResource({ call }: Caller, by: SecretKind) {
  async function change(api: string, id: number, members: TagMembers) {
    const checkedMembers = checked(api, membersShape, members);
    if (!members.userlist?.length && !members.partylist?.length)
      throw refuseInput(api, 'userlist', 'nobody named');
    const body = { tagid: checked(api, tagId, id, 'tagid'), ...checkedMembers };
    const answer = await call({ api, by, body }, changedShape);
    return { invalidUsers: answer.invalidlist, invalidParties: answer.invalidparty };
  }

  return {
    create: async (tag: { tagname: string; tagid?: number }): Promise<number> => {
      const api = 'tag/create';
      const body = checked(api, z.object({ tagname: chars(1, 32), tagid: tagId.optional() }), tag);
      return (await call({ api, by, body }, z.looseObject({ tagid: z.number() }))).tagid;
    },

    update: async (tag: { tagid: number; tagname: string }): Promise<void> => {
      const api = 'tag/update';
      const body = checked(api, z.object({ tagname: chars(1, 32), tagid: tagId }), tag);
      return call({ api, by, body }, nothing);
    },

    delete: async (id: number): Promise<void> =>
      call({ api: 'tag/delete', by, query: { tagid: checked('tag/delete', tagId, id, 'tagid') } }, nothing),

    /** Lists only members in the secret's scope. */
    get: async (id: number) => {
      const query = { tagid: checked('tag/get', tagId, id, 'tagid') };
      const answer = await call({ api: 'tag/get', by, query, isRead: true }, getShape);
      return { tagname: answer.tagname, users: answer.userlist, parties: answer.partylist };
    },

    /** Some invalid: the others are added and the invalid told. All invalid: 40070. */
    addUsers: (id: number, members: TagMembers) => change('tag/addtagusers', id, members),

    removeUsers: (id: number, members: TagMembers) => change('tag/deltagusers', id, members),

    list: async () => (await call({ api: 'tag/list', by, isRead: true }, listShape)).taglist,
  };
}
