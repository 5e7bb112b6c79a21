import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { chars, checked, flag, listOf, nothing, webUrl } from '../fields.ts';

/** The app itself (pages 90227, 90228). */
const agentAnswer = z.looseObject({
  agentid: z.number(),
  name: z.string(),
  description: z.string().nullish(),
  /** Visible range: members, departments, tags. */
  allow_userinfos: z.looseObject({ user: listOf(z.looseObject({ userid: z.string() })) }).nullish(),
  allow_partys: z.looseObject({ partyid: listOf(z.number()) }).nullish(),
  allow_tags: z.looseObject({ tagid: listOf(z.number()) }).nullish(),
  /** 1 when the app is switched off. */
  close: z.number().nullish(),
  redirect_domain: z.string().nullish(),
  home_url: z.string().nullish(),
});
export type AgentAnswer = z.output<typeof agentAnswer>;

const listShape = z.looseObject({
  agentlist: listOf(z.looseObject({ agentid: z.number(), name: z.string() })),
});

const settingsShape = z.strictObject({
  name: chars(1, 32).optional(),
  description: chars(4, 120).optional(),
  logo_mediaid: z.string().min(1).optional(),
  redirect_domain: z.string().min(1).optional(),
  home_url: webUrl(2048).optional(),
  /** 1: report the location when entering. */
  report_location_flag: flag.optional(),
  /** 1: report when a member enters (event enter_agent). */
  isreportenter: flag.optional(),
});
export type AgentSettings = z.input<typeof settingsShape>;

export type AgentResource = ReturnType<typeof agentResource>;

export function agentResource({ call }: Caller, agentId: number) {
  return {
    get: (): Promise<AgentAnswer> =>
      call({ api: 'agent/get', by: 'agent', query: { agentid: agentId }, isRead: true }, agentAnswer),

    set: async (settings: AgentSettings): Promise<void> => {
      const body = { agentid: agentId, ...checked('agent/set', settingsShape, settings) };
      return call({ api: 'agent/set', by: 'agent', body }, nothing);
    },

    /** Normally one: the app of this secret. */
    list: async () => (await call({ api: 'agent/list', by: 'agent', isRead: true }, listShape)).agentlist,
  };
}
