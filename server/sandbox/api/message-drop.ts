import type { MessageContent } from '../contract.ts';
import { previewOf } from '../state/chats.ts';
import type { Dropped } from '../state/data.ts';
import { memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';

/** Messages that 企业微信 accepts and does not show. */

const DROP_WORDS = {
  per_minute: '超过每人每分钟 30 条，企业微信不提示',
  per_hour: '超过每人每小时 1000 条，企业微信不提示',
  per_day: '超过每人每天条数，企业微信不提示',
  fault: '故障：悄悄丢消息',
  duplicate: '与刚发过的内容相同',
  disabled: '成员已停用',
} as const;

const MAX_DROPPED = 2000;

export function drop(
  world: World,
  userid: string,
  msgid: string,
  reason: Dropped['reason'],
  content: MessageContent,
): void {
  const { dropped } = world.data;
  const preview = previewOf({ content, recalled: false });
  dropped.push({ at: world.now(), userid, msgid, reason, preview });
  if (dropped.length > MAX_DROPPED) dropped.shift();
  const name = memberOf(world.data, userid)?.name ?? userid;
  const fields = [{ label: '内容', value: preview }];
  world.ledger.open({ kind: 'drop', name: '未送达', summary: `${name}：${DROP_WORDS[reason]}`, fields });
}
