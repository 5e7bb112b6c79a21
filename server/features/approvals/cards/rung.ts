/** The card of a reminder or of a case that is late, by the clocks every room shares. */
import type { CardContent } from '../../../wecom/cards/content.ts';

export interface RungFacts {
  readonly title: string;
  readonly path: string;
  /** 超时 1 个工作日, 还剩 2 小时 */
  readonly dueWords: string;
  /** 应于 11-20 17:30 前处理, 今天 17:30 到期 */
  readonly deadlineWords: string;
  readonly publicUrl: string;
}

export function rungCard(facts: RungFacts): CardContent {
  return {
    cardType: 'text_notice',
    source: { desc: '办公助手 · 待办提醒' },
    title: `请处理：${facts.title}`,
    emphasis: { title: facts.dueWords, desc: facts.deadlineWords },
    actionUrl: `${facts.publicUrl}${facts.path}`,
  };
}
