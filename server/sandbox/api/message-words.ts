import type { MessageContent, TemplateCard } from '../contract.ts';
import { previewOf } from '../state/chats.ts';
import { memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import type { Recipients } from './recipients.ts';

/** What the ledger says about a sent message. */

const TYPE_WORDS: Readonly<Record<string, string>> = {
  text: '文本',
  markdown: 'Markdown',
  textcard: '文本卡片',
  news: '图文',
  mpnews: '图文',
  template_card: '模板卡片',
  image: '图片',
  voice: '语音',
  video: '视频',
  file: '文件',
};

export function summaryOf(world: World, to: Recipients, content: MessageContent): string {
  const names = to.userids.slice(0, 3).map((id) => memberOf(world.data, id)?.name ?? id);
  const people = to.userids.length > 3 ? `${names.join('、')} 等 ${to.userids.length} 人` : names.join('、');
  return `${TYPE_WORDS[content.msgtype] ?? content.msgtype} → ${people}`;
}

export function factsOf(
  content: MessageContent,
  shown: number,
  to: Recipients,
): { label: string; value: string }[] {
  const card: TemplateCard | null = content.msgtype === 'template_card' ? content.card : null;
  const refused = [...to.invalidUsers, ...to.invalidParties, ...to.invalidTags, ...to.unlicensed];
  return [
    { label: '内容', value: previewOf({ content, recalled: false }) },
    ...(card?.task_id === undefined ? [] : [{ label: 'TaskId', value: card.task_id }]),
    ...(shown === to.userids.length ? [] : [{ label: '显示', value: `${shown} / ${to.userids.length} 人` }]),
    ...(refused.length === 0 ? [] : [{ label: '无效', value: refused.join('、') }]),
  ];
}
