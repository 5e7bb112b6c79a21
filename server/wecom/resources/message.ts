import { z } from 'zod';
import type { Caller } from '../caller.ts';
import type { WireCard } from '../cards/index.ts';
import { refuseInput } from '../errors.ts';
import {
  barredIds,
  barredUserids,
  checked,
  idText,
  listOf,
  nodeId,
  nothing,
  tagId,
  text,
  userid,
} from '../fields.ts';
import { useridKey } from '../userid.ts';
import { messageBody, responseCode } from './message-body.ts';
import type { Message } from './message-body.ts';

/**
 * Who gets it. Members by name have their own budgets (30 a minute, 1,000 an hour, else dropped in silence); for
 * departments, tags and everyone only `about` (how many people, roughly) can be counted, against the day's budget.
 */
export type Recipients =
  | { readonly users: readonly string[] }
  | {
      readonly users?: readonly string[];
      readonly parties?: readonly number[];
      readonly tags?: readonly number[];
      readonly about: number;
    }
  | { readonly everyone: true; readonly about: number };

export interface SendOptions {
  /** 1: may not be shared and carries a watermark. Not for news (40074), textcard, markdown and cards. */
  readonly confidential?: boolean;
  /**
   * Seconds (1–14,400) in which 企业微信 suppresses an identical message: the only help when an earlier attempt may
   * have been sent (`maybeSent`).
   */
  readonly suppressDuplicatesFor?: number;
  /** Replaces `$userName=ID$` and `$departmentName=ID$` on the client's side. */
  readonly translateIds?: boolean;
}

export interface Sent {
  /** For recall, within 24 hours. */
  readonly msgid: string;
  /** Single use, 72 hours; only for cards that call back. */
  readonly responseCode: string | undefined;
  /** Lower case. */
  readonly invalidUsers: readonly string[];
  readonly invalidParties: readonly number[];
  readonly invalidTags: readonly number[];
  /** In scope, but without interface licence; lower case. */
  readonly unlicensedUsers: readonly string[];
}

export interface CardUpdate {
  /** From a send or a tap; one call each, within 72 hours, else 60140. */
  readonly responseCode: string;
  /** Absent: everyone who got the card. */
  readonly users?: readonly string[];
  /** Greys the button with this text, or replaces the whole card. */
  readonly to: { readonly replaceName: string } | { readonly card: WireCard };
  readonly translateIds?: boolean;
}

const sentShape = z.looseObject({
  msgid: idText.nullish().transform((id) => id ?? ''),
  response_code: text,
  invaliduser: barredUserids,
  invalidparty: barredIds,
  invalidtag: barredIds,
  unlicenseduser: barredUserids,
});
const updatedShape = z.looseObject({ invaliduser: listOf(z.string()) });
const usersShape = z.array(userid).max(1000);
const SAFE_TYPES = new Set(['text', 'image', 'file']);

export type MessageResource = ReturnType<typeof messageResource>;

export function messageResource({ call, limits }: Caller, agentId: number) {
  return {
    /**
     * Throws RetryLater with `later` before any call when a member's budget is empty: see `limits.split`. A RetryLater
     * with `maybeSent` may have reached people. All recipients invalid: FixData 81013.
     */
    async send(to: Recipients, message: Message, options: SendOptions = {}): Promise<Sent> {
      const api = 'message/send';
      const target = targetOf(api, to);
      const body = {
        ...target.fields,
        agentid: agentId,
        ...messageBody(api, message),
        ...optionFields(api, message, options),
      };
      const demands = limits.demands.send(target.users, target.personTimes);
      const answer = await call({ api, by: 'agent', body, demands }, sentShape);
      return {
        msgid: answer.msgid,
        responseCode: answer.response_code === '' ? undefined : answer.response_code,
        invalidUsers: answer.invaliduser,
        invalidParties: answer.invalidparty,
        invalidTags: answer.invalidtag,
        unlicensedUsers: answer.unlicenseduser,
      };
    },

    /** Only messages of this app from the last 24 hours (42052), for all recipients at once. */
    recall: async (msgid: string): Promise<void> => {
      const api = 'message/recall';
      if (msgid === '') throw refuseInput(api, 'msgid', 'empty');
      return call({ api, by: 'agent', body: { msgid } }, nothing);
    },

    async updateCard(update: CardUpdate): Promise<{ invalidUsers: readonly string[] }> {
      const api = 'message/update_template_card';
      const users = checked(api, usersShape, update.users ?? [], 'users');
      if (update.users && users.length === 0) throw refuseInput(api, 'users', 'empty');
      const body = {
        ...(update.users ? { userids: users } : { atall: 1 }),
        agentid: agentId,
        response_code: checked(api, responseCode, update.responseCode, 'responseCode'),
        ...(update.translateIds ? { enable_id_trans: 1 } : {}),
        ...replacement(update.to),
      };
      const answer = await call({ api, by: 'agent', body }, updatedShape);
      return { invalidUsers: answer.invaliduser.map(useridKey) };
    },
  };
}

/** No task_id in an update (page 94888). */
function replacement(to: CardUpdate['to']) {
  if ('replaceName' in to) return { button: { replace_name: to.replaceName } };
  const { task_id: _, ...card } = to.card;
  return { template_card: card };
}

function optionFields(api: string, message: Message, options: SendOptions) {
  const seconds = options.suppressDuplicatesFor;
  if (seconds !== undefined) checked(api, z.int().min(1).max(14_400), seconds, 'suppressDuplicatesFor');
  if (options.confidential && !SAFE_TYPES.has(message.type)) {
    throw refuseInput(api, 'confidential', `not for ${message.type}`);
  }
  return {
    ...(options.confidential ? { safe: 1 } : {}),
    ...(options.translateIds ? { enable_id_trans: 1 } : {}),
    ...(seconds === undefined ? {} : { enable_duplicate_check: 1, duplicate_check_interval: seconds }),
  };
}

function targetOf(api: string, to: Recipients) {
  if ('everyone' in to) {
    return { users: [], personTimes: counted(api, to.about), fields: { touser: '@all' } };
  }
  const users = distinct(checked(api, usersShape, to.users ?? [], 'users'));
  const parties = 'about' in to ? checked(api, z.array(nodeId).max(100), to.parties ?? [], 'parties') : [];
  const tags = 'about' in to ? checked(api, z.array(tagId).max(100), to.tags ?? [], 'tags') : [];
  if (users.length + parties.length + tags.length === 0) throw refuseInput(api, 'to', 'nobody named (82001)');
  const fields = { touser: users.join('|'), toparty: parties.join('|'), totag: tags.join('|') };
  return { users, personTimes: 'about' in to ? counted(api, to.about) : users.length, fields };
}

const counted = (api: string, about: number): number => checked(api, z.int().min(1), about, 'about');

/** One member named twice would pay twice and be sent to once (B1). */
const distinct = (users: readonly string[]): string[] => [
  ...new Map(users.map((user) => [useridKey(user), user])).values(),
];
