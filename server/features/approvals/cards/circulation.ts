/** Cards to those who were sent a request to read, and to those named in a comment. What is in it is for the page. */
import type { CardContent } from '../../../wecom/cards/content.ts';
import type { CardContext } from './context.ts';
import type { CommentState } from '../model/state.ts';
import type { CirculationState } from '../model/circulation.ts';

const page = ({ template, publicUrl, state }: CardContext) => ({
  cardType: 'text_notice' as const,
  source: { desc: `办公助手 · ${template.title}` },
  actionUrl: `${publicUrl}/approvals/${state.instanceId}`,
});

export function circulatedCard(ctx: CardContext, { by, note }: CirculationState): CardContent {
  const { state, template } = ctx;
  return {
    ...page(ctx),
    title: `${by.name} 请你阅读：${state.applicant.name} ${state.title}`,
    desc: '读过后请在页面里确认',
    rows: template.sensitive || note === null ? [] : [{ label: '附言', value: note }],
  };
}

export function mentionCard(ctx: CardContext, { by, text }: CommentState): CardContent {
  const { state, template } = ctx;
  return {
    ...page(ctx),
    title: `${by.name} 在评论里提到了你：${state.applicant.name} ${state.title}`,
    desc: template.sensitive ? '请打开详情查看' : text,
  };
}
