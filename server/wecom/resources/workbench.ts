import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { cutBytes, cutChars } from '../cut.ts';
import { checked, nothing, userid, webUrl } from '../fields.ts';

/** 工作台自定义展示 (page 92535). An administrator must switch it on first (94000: FixPermission). */
const link = { jump_url: webUrl(1024).optional(), pagepath: z.string().max(1024).optional() };

/** What people read is cut, addresses are refused. */
const shortText = z.string().transform((text) => cutChars(text, 64));
const keydata = z.strictObject({
  items: z
    .array(z.strictObject({ key: shortText.optional(), data: shortText, ...link }))
    .min(1)
    .max(4),
});
const image = z.strictObject({ url: webUrl(1024), ...link });
const list = z.strictObject({
  items: z
    .array(
      z.strictObject({
        title: z
          .string()
          .min(1)
          .transform((text) => cutBytes(text, 128, '…')),
        ...link,
      }),
    )
    .min(1)
    .max(3),
});
const webview = z.strictObject({
  url: webUrl(1024),
  ...link,
  height: z.enum(['single_row', 'double_row']).optional(),
  hide_title: z.boolean().optional(),
  enable_webview_click: z.boolean().optional(),
});

const dataShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('keydata'), keydata }),
  z.strictObject({ type: z.literal('image'), image }),
  z.strictObject({ type: z.literal('list'), list }),
  z.strictObject({ type: z.literal('webview'), webview }),
]);
const templateShape = z.union([dataShape, z.strictObject({ type: z.literal('normal') })]);

export type WorkbenchData = z.input<typeof dataShape>;
/** `normal` goes back to the ordinary icon. */
export type WorkbenchTemplate = z.input<typeof templateShape>;

export type WorkbenchResource = ReturnType<typeof workbenchResource>;

export function workbenchResource({ call, limits }: Caller, agentId: number) {
  const agentid = agentId;
  return {
    /** One type per app. `replaceUserData` overwrites what members have. */
    setTemplate: async (
      template: WorkbenchTemplate,
      options: { replaceUserData?: boolean } = {},
    ): Promise<void> => {
      const api = 'agent/set_workbench_template';
      const replace = options.replaceUserData ? { replace_user_data: true } : {};
      const body = { agentid, ...checked(api, templateShape, template), ...replace };
      return call({ api, by: 'agent', body }, nothing);
    },

    getTemplate: () =>
      call(
        { api: 'agent/get_workbench_template', by: 'agent', body: { agentid }, isRead: true },
        z.looseObject({ type: z.string() }),
      ),

    /** At most ten a minute per member. */
    setData: async (member: string, data: WorkbenchData): Promise<void> => {
      const api = 'agent/set_workbench_data';
      const body = {
        agentid,
        userid: checked(api, userid, member, 'userid'),
        ...checked(api, dataShape, data),
      };
      return call({ api, by: 'agent', body, demands: limits.demands.workbenchUser(member) }, nothing);
    },

    /** The same for up to 1,000 members. */
    batchSetData: async (members: readonly string[], data: WorkbenchData): Promise<void> => {
      const api = 'agent/batch_set_workbench_data';
      const userids = checked(api, z.array(userid).min(1).max(1000), members, 'userids');
      const body = { agentid, userid_list: userids, data: checked(api, dataShape, data) };
      return call(
        { api, by: 'agent', body, demands: limits.demands.workbenchBatch(userids.length) },
        nothing,
      );
    },
  };
}
