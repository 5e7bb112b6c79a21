import { dateOf } from '../../../kernel/dates.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import type { CardContent, CardRow } from '../../../wecom/cards/content.ts';
import { wallTime } from '../../supervision/index.ts';
import type { ConsultState, TaskState } from '../model/tasks.ts';
import type { CopyState, InstanceState } from '../model/state.ts';
import type { Placement, StepState } from '../model/steps.ts';
import type { EditState } from '../model/edits.ts';
import { holderName, STATUS_WORDS, statusWords } from '../views/describe.ts';
import { saidYes } from '../engine/tally.ts';
import { dateRangeOf, dateRangeWords } from '../fields/dates.ts';
import { factsOf } from '../views/facts.ts';
import { hiddenFrom, readable } from '../field-rights.ts';
import { isEmpty, rangeOf, valueOf } from '../form/fields.ts';
import type { Template } from '../template/template.ts';
import { rangeWords } from '../words.ts';

/** The card with 同意 on it. One per task; nothing else carries a deciding button. */
export const TASK_CARD = 'approvals.task';
export const APPROVE_KEY = 'approve';

export interface CardContext {
  readonly template: Template;
  readonly state: InstanceState;
  readonly publicUrl: string;
  readonly now: number;
  readonly calendar: Calendar;
  readonly personName: (personId: string) => string | null;
}

interface Due {
  readonly dueAt: number | null;
  readonly provisional: boolean;
}

const MAX_ROWS = 4;
const SIGN_WORDS = '请打开详情签名';
const source = (ctx: CardContext) => ({ desc: `办公助手 · ${ctx.template.title}` });
const url = ({ publicUrl, state }: CardContext): string => `${publicUrl}/approvals/${state.instanceId}`;

/** The same with what this person may not read left out. */
function readBy(ctx: CardContext, personId: string): CardContext {
  const hidden = hiddenFrom(ctx.template, ctx.state, { personId, roles: [] });
  return hidden.size === 0 ? ctx : { ...ctx, template: readable(ctx.template, hidden) };
}

/** 张老师 申请年假 3.5 个工作日 — the first words tell the matter, the second line the deadline. */
export function taskCard(all: CardContext, task: TaskState, due: Due | undefined): CardContent {
  const ctx = readBy(all, task.person.personId);
  const { state } = ctx;
  const step = state.steps.find((s) => s.stepId === task.stepId);
  return {
    cardType: 'button_interaction',
    source: source(ctx),
    title: `${state.applicant.name} 申请${state.title}`,
    desc: [deadline(ctx, due), step?.signature ? SIGN_WORDS : ''].filter(Boolean).join('，'),
    rows: ctx.template.sensitive ? [] : rows(ctx, step, task),
    actionUrl: url(ctx),
    buttons:
      step?.requiresComment || step?.signature || step?.role === 'handle'
        ? [{ text: '打开处理', style: 1, url: url(ctx) }]
        : [
            { text: '同意', style: 1, key: APPROVE_KEY },
            { text: '看详情', style: 3, url: url(ctx) },
          ],
  };
}

function deadline({ now }: CardContext, due: Due | undefined): string {
  if (!due || due.dueAt === null) return '请处理';
  return `请在 ${wallTime(now, due.dueAt)} 前处理${due.provisional ? '（暂估）' : ''}`;
}

function rows(ctx: CardContext, step: StepState | undefined, task: TaskState): CardRow[] {
  const previous = lastDecision(ctx.state, step);
  const { onBehalfOf } = task;
  const addition = step?.seats.find((seat) => seat.seat === task.seat)?.addition;
  return [
    ...factRows(ctx, MAX_ROWS - (previous ? 1 : 0) - (onBehalfOf ? 1 : 0) - (addition ? 1 : 0)),
    ...(previous ? [{ label: '上一步', value: previous }] : []),
    ...(onBehalfOf ? [{ label: '代理', value: `代 ${onBehalfOf.name} 处理` }] : []),
    ...(addition ? [{ label: '加签', value: `${addition.byName}请你${ADDED[addition.placement]}` }] : []),
    ...(task.fromTaskId ? [{ label: '转自', value: task.why.replace(/^由|转交$/g, '') }] : []),
  ];
}

const ADDED: Readonly<Record<Placement, string>> = {
  before: '先提出意见',
  after: '接着处理',
  parallel: '一同处理',
};

/** Facts the approver needs, not labels of ours; what the counting left out is for the page. */
function factRows(ctx: CardContext, max: number): CardRow[] {
  const { template, state } = ctx;
  return factsOf(template, state.form, state.values, {
    today: dateOf(ctx.now),
    personName: ctx.personName,
    file: () => null,
  })
    .filter((fact) => fact.kind !== 'files' && fact.label !== '扣除' && fact.value !== '')
    .slice(0, max)
    .map((fact) => ({ label: fact.label, value: fact.value }));
}

function lastDecision(state: InstanceState, step: StepState | undefined): string | null {
  const decided = state.tasks.filter(
    (task) => saidYes(task) && task.stepId !== step?.stepId && task.round === state.round,
  );
  const last = decided.at(-1);
  return last ? `${holderName(last)} ${last.status === 'done' ? '已办理' : '同意'}` : null;
}

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

function when({ template, state, now }: CardContext): string | null {
  for (const field of template.fields) {
    const value = valueOf(state.form, field.key);
    const range = field.type === 'halfDayRange' && !isEmpty(value) ? rangeOf(value) : null;
    if (range) return rangeWords(range, dateOf(now));
    const days = field.type === 'dateRange' ? dateRangeOf(value) : null;
    if (days) return dateRangeWords(days, dateOf(now));
  }
  return null;
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

/** 催办: the applicant asks again. No 同意 here: one task has one card with buttons. */
export function reminderCard(ctx: CardContext): CardContent {
  return {
    cardType: 'text_notice',
    source: source(ctx),
    title: `${ctx.state.applicant.name} 请你处理：${ctx.state.title}`,
    desc: '申请人催办',
    actionUrl: url(ctx),
  };
}

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

/** R8: the card with 同意 on it is still the one that was sent first. */
export function resumedCard(ctx: CardContext): CardContent {
  return {
    cardType: 'text_notice',
    source: source(ctx),
    title: `请你决定：${ctx.state.applicant.name} ${ctx.state.title}`,
    desc: '加签的人已处理完',
    actionUrl: url(ctx),
  };
}

/** A rung of the step's own: the holder hears of it, with what is left of the deadline on the page. */
export function lateCard(ctx: CardContext): CardContent {
  return {
    cardType: 'text_notice',
    source: source(ctx),
    title: `请处理：${ctx.state.applicant.name} ${ctx.state.title}`,
    desc: '这件事等你处理已久，请尽快处理',
    actionUrl: url(ctx),
  };
}

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
