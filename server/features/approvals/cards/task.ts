/** Cards to who holds a task. */
import type { CardContent, CardRow } from '../../../wecom/cards/content.ts';
import { wallTime } from '../../supervision/index.ts';
import { saidYes } from '../engine/tally.ts';
import type { InstanceState } from '../model/state.ts';
import type { Placement, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { holderName } from '../views/holders.ts';
import type { CardContext } from './context.ts';
import { MAX_ROWS, factRows, readBy, source, url } from './context.ts';

/** The card with 同意 on it. One per task; nothing else carries a deciding button. */
export const TASK_CARD = 'approvals.task';

export const APPROVE_KEY = 'approve';

interface Due {
  readonly dueAt: number | null;
  readonly provisional: boolean;
}

const SIGN_WORDS = '请打开详情签名';

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

function lastDecision(state: InstanceState, step: StepState | undefined): string | null {
  const decided = state.tasks.filter(
    (task) => saidYes(task) && task.stepId !== step?.stepId && task.round === state.round,
  );
  const last = decided.at(-1);
  return last ? `${holderName(last)} ${last.status === 'done' ? '已办理' : '同意'}` : null;
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
