/** Cards of 征求意见 and of changes in the form: what is said is for the page. */
import type { CardContent } from '../../../wecom/cards/content.ts';
import type { EditState } from '../model/edits.ts';
import type { ConsultState } from '../model/tasks.ts';
import type { CardContext } from './context.ts';
import { source, url } from './context.ts';

/** 征求意见 (R30): answered on the page, in words. */
export function consultCard(ctx: CardContext, asked: ConsultState): CardContent {
  return {
    cardType: 'text_notice',
    source: source(ctx),
    title: `${asked.askedBy.name} 征求你的意见：${ctx.state.applicant.name} ${ctx.state.title}`,
    desc: ctx.template.sensitive ? '请打开详情答复' : asked.question,
    actionUrl: url(ctx),
  };
}

export function opinionCard(ctx: CardContext, asked: ConsultState): CardContent {
  return {
    cardType: 'text_notice',
    source: source(ctx),
    title: `${asked.person.name} 答复了你征求的意见`,
    desc: ctx.template.sensitive ? `${ctx.state.applicant.name} ${ctx.state.title}` : (asked.answer ?? ''),
    actionUrl: url(ctx),
  };
}

/** R40: what was changed is named, its values are for the page. */
export function editedCard(ctx: CardContext, edit: EditState, labels: readonly string[]): CardContent {
  return {
    cardType: 'text_notice',
    source: source(ctx),
    title: `${edit.by.name} 修改了表单：${ctx.state.applicant.name} ${ctx.state.title}`,
    desc: ctx.template.sensitive ? '请打开详情查看' : `改了${labels.join('、')}，请打开详情查看`,
    actionUrl: url(ctx),
  };
}
