import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { FixData } from '../errors.ts';
import { bytes, checked, listOf, nothing, webUrl } from '../fields.ts';

/** The app's menu (pages 90231–90233): 1–3 buttons of at most 16 bytes, below each up to 5 of at most 40. */
const KEY_TYPES = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
] as const;

const leaf = (nameBytes: number) =>
  z.union([
    z.strictObject({ name: bytes(1, nameBytes), type: z.literal('view'), url: webUrl(1024) }),
    z.strictObject({ name: bytes(1, nameBytes), type: z.enum(KEY_TYPES), key: bytes(1, 128) }),
    z.strictObject({
      name: bytes(1, nameBytes),
      type: z.literal('view_miniprogram'),
      appid: z.string().min(1),
      pagepath: z.string().min(1),
    }),
  ]);

const parent = z.strictObject({ name: bytes(1, 16), sub_button: z.array(leaf(40)).min(1).max(5) });
const menuShape = z
  .array(z.union([parent, leaf(16)]))
  .min(1)
  .max(3);
export type Menu = z.input<typeof menuShape>;

const getShape = z.looseObject({ button: listOf(z.looseObject({ name: z.string() })) });

export type MenuResource = ReturnType<typeof menuResource>;

export function menuResource({ call }: Caller, agentId: number) {
  const query = { agentid: agentId };
  return {
    /** Replaces the whole menu. */
    create: async (menu: Menu): Promise<void> => {
      const button = checked('menu/create', menuShape, menu, 'button');
      return call({ api: 'menu/create', by: 'agent', query, body: { button } }, nothing);
    },

    /** Empty when none was set (46003). */
    get: async () => {
      try {
        return (await call({ api: 'menu/get', by: 'agent', query, isRead: true }, getShape)).button;
      } catch (error) {
        if (error instanceof FixData && error.errcode === 46003) return [];
        throw error;
      }
    },

    delete: (): Promise<void> => call({ api: 'menu/delete', by: 'agent', query }, nothing),
  };
}
