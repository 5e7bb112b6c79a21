import { greyOut, isCard, replaceCard } from '../cards/change.ts';
import type { CardMessage } from '../cards/change.ts';
import { hasButtons, readCard } from '../cards/validate.ts';
import { DAY } from '../limits.ts';
import { copyChanged, copyOf } from '../state/chats.ts';
import type { ResponseCode, SentMessage } from '../state/data.ts';
import { memberOf } from '../state/directory.ts';
import { post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { requireAgent } from './execute.ts';
import { translateCard } from './id-trans.ts';
import { resolve } from './recipients.ts';

export const messageChangeRoutes: ApiRoute[] = [
  post('message/recall', 'app', recall),
  post('message/update_template_card', 'app', updateCard),
];

/** Page 94867: the last 24 hours, the whole message, the app that sent it. */
function recall(call: ApiCall): Record<string, unknown> {
  const { world, body, now } = call;
  const message = world.data.sent.get(body.text('msgid'));
  if (message === undefined) throw fail(40058, 'invalid msgid. invalid Request Parameter');
  if (now - message.at > DAY) throw fail(42052);
  message.recalled = true;
  for (const userid of message.recipients) {
    const copy = copyOf(world.data, userid, message.msgid);
    if (copy === undefined) continue;
    copy.recalled = true;
    copyChanged(world, userid, copy);
  }
  call.note(`撤回 ${message.recipients.length} 人的消息`);
  return {};
}

/** Page 94888. The code is used up by a call that succeeds, also when it reaches only some of the recipients. */
function updateCard(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  requireAgent(call, body.int('agentid'));
  const change = readChange(call);
  const code = validCode(call);
  const message = world.data.sent.get(code.msgid);
  if (message === undefined) throw fail(42016);
  if (change.words !== undefined && !hasButtonsOf(message)) {
    throw fail(40058, 'button not allowed for this card. invalid Request Parameter');
  }
  const { userids, invalid } = targetsOf(call, message);
  code.used = true;
  for (const userid of userids) {
    const copy = copyOf(world.data, userid, message.msgid);
    if (isCard(copy) && !copy.recalled) change.apply(userid, copy);
  }
  const names = userids.slice(0, 3).map((id) => memberOf(world.data, id)?.name ?? id);
  const shown = userids.length > 3 ? `${names.join('、')} 等 ${userids.length} 人` : names.join('、');
  call.note(`${shown}：${change.says}`, [{ label: 'TaskId', value: message.card?.taskId ?? '' }]);
  return invalid.length > 0 ? { invaliduser: invalid } : {};
}

const hasButtonsOf = (message: SentMessage): boolean =>
  message.card !== null && hasButtons(message.card.type);

interface Change {
  /** Set for variant A: the words on the grey button. */
  words?: string;
  says: string;
  apply(userid: string, copy: CardMessage): void;
}

function readChange(call: ApiCall): Change {
  const { world, body } = call;
  const given = body.obj('template_card');
  if (given !== undefined) {
    const read = readCard(given, 'update');
    const card = body.int('enable_id_trans') === 1 ? translateCard(world, read) : read;
    const title = card.replace_text ?? card.main_title?.title ?? '';
    return {
      says: `卡片改为「${title}」`,
      apply: (userid, copy) => replaceCard(world, userid, copy, card),
    };
  }
  const words = body.obj('button')?.text('replace_name') ?? '';
  if (words === '') throw fail(40058, 'button or template_card missing. invalid Request Parameter');
  return {
    words,
    says: `按钮改为「${words}」`,
    apply: (userid, copy) => void greyOut(world, userid, copy, words),
  };
}

/** One call, within 72 h; anything else is 60140. */
function validCode(call: ApiCall): ResponseCode {
  const code = call.world.data.responseCodes.get(call.body.text('response_code'));
  if (code === undefined || code.used || code.expiresAt <= call.now) throw fail(60140);
  return code;
}

/** 82101 nobody named; 82102 none of the named ones got the message; some bad → invaliduser. */
function targetsOf(call: ApiCall, message: SentMessage): { userids: string[]; invalid: string[] } {
  const { world, body } = call;
  if (body.int('atall') === 1) return { userids: message.recipients, invalid: [] };
  const users = body.strings('userids') ?? [];
  const parties = (body.ints('partyids') ?? []).map(String);
  const tags = (body.ints('tagids') ?? []).map(String);
  if (users.length + parties.length + tags.length === 0) throw fail(82101);
  if (users.length > 1000) throw fail(40032);
  if (parties.length > 100) throw fail(82002);
  if (tags.length > 100) throw fail(82003);
  const found = resolve(world, users, parties, tags);
  const received = new Set(message.recipients);
  const userids = found.userids.filter((id) => received.has(id));
  const strangers = found.userids.filter(
    (id) => !received.has(id) && users.some((u) => u.toLowerCase() === id),
  );
  if (userids.length === 0) throw fail(82102);
  return { userids, invalid: [...found.invalidUsers, ...strangers] };
}
