/** Cards to the applicant and to those who get a copy: what became of it. */
import type { CardContent } from '../../../wecom/cards/content.ts';
import type { CopyState, InstanceState } from '../model/state.ts';
import { STATUS_WORDS, statusWords } from '../views/status.ts';
import type { CardContext } from './context.ts';
import { MAX_ROWS, factRows, readBy, source, url, when } from './context.ts';

function endWords(state: InstanceState): string {
  if (state.status === 'terminated') return '已由管理员终止';
  const words = statusWords(state);
  return words === STATUS_WORDS.rejected ? '没有通过' : words;
}

/** Told once, at the end (R29). */
export function resultCard(ctx: CardContext): CardContent {
  const { state } = ctx;
  const passed = state.status === 'approved';
  return {
    cardType: 'text_notice',
    source: source(ctx),
    // 办理 is never called an approval, nor what could not be carried out a refusal.
    title: `你的${ctx.template.title}${endWords(state)}`,
    desc: when(ctx) ?? state.title,
    rows: [
      { label: '内容', value: state.title },
      ...(passed || state.finishedComment === null ? [] : [{ label: '原因', value: state.finishedComment }]),
      { label: '单号', value: state.number },
    ],
    actionUrl: url(ctx),
  };
}

export function copyCard(all: CardContext, copy: CopyState): CardContent {
  const ctx = readBy(all, copy.person.personId);
  return {
    cardType: 'text_notice',
    source: source(ctx),
    title: `抄送：${ctx.state.applicant.name} ${ctx.state.title}`,
    desc: when(ctx) ?? copy.title,
    rows: ctx.template.sensitive ? [] : factRows(ctx, MAX_ROWS),
    actionUrl: url(ctx),
  };
}
