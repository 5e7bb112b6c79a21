import type { CardContent } from '../../../wecom/cards/content.ts';
import { wallTime } from '../../supervision/index.ts';
import type { CardContext } from './context.ts';
import { roleWords } from '../engine/explain.ts';
import { hiddenFrom } from '../field-rights.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { StepState } from '../model/steps.ts';

const page = ({ template, publicUrl, state }: CardContext) => ({
  source: { desc: `办公助手 · ${template.title}` },
  actionUrl: `${publicUrl}/approvals/${state.instanceId}`,
});

/** To the applicant: who sent it back, why, until when. */
export function returnedCard(
  ctx: CardContext,
  due: { readonly dueAt: number | null } | undefined,
): CardContent {
  const { returned } = ctx.state;
  const until = due?.dueAt ? `请在 ${wallTime(ctx.now, due.dueAt)} 前修改后重新提交` : '请修改后重新提交';
  return {
    cardType: 'text_notice',
    ...page(ctx),
    title: `你的${ctx.template.title}被退回`,
    desc: until,
    rows: [
      { label: '内容', value: ctx.state.title },
      { label: '退回人', value: returned?.by.name ?? '' },
      { label: '原因', value: returned?.reason ?? '' },
    ],
  };
}

/** R13: to those who agreed or carried it out earlier and are not asked again. Of a sensitive request the title only. */
export function passedOverCard(
  ctx: CardContext,
  { personId }: PersonSnapshot,
  toTitle: string,
  role: StepState['role'],
): CardContent {
  const { state, template } = ctx;
  const last = state.resubmissions?.at(-1);
  const hidden = hiddenFrom(template, state, { personId, roles: [] });
  const shown = last?.round === state.round ? last.changed.filter(({ key }) => !hidden.has(key)) : [];
  const changed = shown.map(({ label }) => label).join('、');
  return {
    cardType: 'text_notice',
    ...page(ctx),
    title: `${state.applicant.name} ${state.title} 退回后继续办理`,
    desc: `${roleWords(role, '你已同意，不用再处理')}；直接到“${toTitle}”`,
    rows: template.sensitive || changed === '' ? [] : [{ label: '改动', value: changed }],
  };
}

/** To those who agreed or carried it out and those who were copied. */
export function revokedCard(ctx: CardContext): CardContent {
  const { state, template } = ctx;
  const { reason = '', released = [], kept = [] } = state.revoked ?? {};
  const rows = [
    { label: '原因', value: reason },
    { label: '取消', value: released.join('；') },
    { label: '不能撤销', value: kept.join('；') },
  ];
  return {
    cardType: 'text_notice',
    ...page(ctx),
    title: `${state.applicant.name} 撤销了${state.title}`,
    desc: '已通过的申请由申请人撤销',
    rows: template.sensitive ? [] : rows.filter(({ value }) => value !== ''),
  };
}
