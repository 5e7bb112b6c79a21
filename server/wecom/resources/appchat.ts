import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { cutBytes, cutChars, cutMarkup } from '../cut.ts';
import { checked, listOf, nothing, userid, webUrl } from '../fields.ts';

/** 应用群聊 (pages 90244, 90245, 98913, 90248). Only for apps visible to the root department (48002). */
const chatId = z.string().regex(/^[0-9A-Za-z]{1,32}$/);
const name = z.string().transform((text) => cutChars(text, 50));
const createShape = z.strictObject({
  name: name.optional(),
  owner: userid.optional(),
  userlist: z.array(userid).min(2).max(2000),
  chatid: chatId.optional(),
});
const updateShape = z.strictObject({
  chatid: chatId,
  name: name.optional(),
  /** Required when the owner is among those who leave. */
  owner: userid.optional(),
  add_user_list: z.array(userid).max(2000).optional(),
  del_user_list: z.array(userid).max(2000).optional(),
});
export type AppchatCreate = z.input<typeof createShape>;
export type AppchatUpdate = z.input<typeof updateShape>;

const getShape = z.looseObject({
  chat_info: z.looseObject({
    chatid: z.string(),
    name: z.string().nullish(),
    owner: z.string(),
    userlist: listOf(z.string()),
  }),
});

export type AppchatMessage =
  | { readonly type: 'text'; readonly content: string; readonly mentioned?: readonly string[] }
  | { readonly type: 'markdown'; readonly content: string }
  | { readonly type: 'textcard'; readonly title: string; readonly description: string; readonly url: string }
  | { readonly type: 'image' | 'file'; readonly mediaId: string };

export type AppchatResource = ReturnType<typeof appchatResource>;

export function appchatResource({ call, limits }: Caller) {
  return {
    /** Returns the chat id. A chat can be touched only by the app that made it (86008). */
    create: async (chat: AppchatCreate): Promise<string> => {
      const api = 'appchat/create';
      const spec = { api, by: 'agent', body: checked(api, createShape, chat) } as const;
      const demands = limits.demands.appchatCreate();
      return (await call({ ...spec, demands }, z.looseObject({ chatid: z.string() }))).chatid;
    },

    update: async (change: AppchatUpdate): Promise<void> => {
      const api = 'appchat/update';
      const spec = { api, by: 'agent', body: checked(api, updateShape, change) } as const;
      return call({ ...spec, demands: limits.demands.appchatUpdate() }, nothing);
    },

    get: async (id: string) => {
      const query = { chatid: checked('appchat/get', chatId, id, 'chatid') };
      return (await call({ api: 'appchat/get', by: 'agent', query, isRead: true }, getShape)).chat_info;
    },

    /**
     * `members` are the people now in the group: the corp's budget counts each of them, and what a member gets beyond
     * 200 a minute is dropped in silence. There is no msgid, so nothing can be recalled.
     */
    send: async (id: string, members: readonly string[], message: AppchatMessage): Promise<void> => {
      const api = 'appchat/send';
      const people = checked(api, z.array(userid).min(1).max(2000), members, 'members');
      const body = {
        chatid: checked(api, chatId, id, 'chatid'),
        msgtype: message.type,
        [message.type]: contentOf(api, message),
      };
      return call({ api, by: 'agent', body, demands: limits.demands.appchatSend(people) }, nothing);
    },
  };
}

/** Here the limits of a textcard are bytes, not characters. */
function contentOf(api: string, message: AppchatMessage): unknown {
  switch (message.type) {
    case 'text':
      return {
        content: cutMarkup(message.content, 2048),
        ...(message.mentioned ? { mentioned_list: message.mentioned } : {}),
      };
    case 'markdown':
      return { content: cutBytes(message.content, 2048, '…') };
    case 'textcard':
      return {
        title: cutBytes(message.title, 128, '…'),
        description: cutMarkup(message.description, 512),
        url: checked(api, webUrl(2048), message.url, 'url'),
      };
    case 'image':
    case 'file':
      return { media_id: message.mediaId };
  }
}
