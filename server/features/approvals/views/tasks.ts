/**
 * What a task looks like now to its holder, computed from the state and never remembered, so that a repeated tap or a
 * stale card gets the same true words (R1, R27, R28).
 */
import { refusedSteps } from '../engine/closing.ts';
import type { By } from '../model/people.ts';
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import type { TaskState, TaskStatus } from '../model/tasks.ts';
import { holderName } from './holders.ts';

/** As a task stands, but for what another's act made unnecessary, and for cards nothing is known of. */
export type TaskCode = Exclude<TaskStatus, 'not_needed'> | 'approved_by_other' | 'rejected_by_other' | 'void';

/** `words` fit a card's button (≤ 10 characters); `sentence` tells who did what. */
export interface TaskDescription {
  readonly code: TaskCode;
  readonly words: string;
  readonly sentence: string;
  readonly by: By | null;
  readonly at: number | null;
}

const VOID: TaskDescription = {
  code: 'void',
  words: '已失效',
  sentence: '这张卡片已失效，请打开详情查看。',
  by: null,
  at: null,
};

/**
 * A task in the eyes of `viewerId` (omitted: of its holder). Unknown tasks and other people's tasks are 已失效:
 * nothing is given away.
 */
export function describeTask(
  state: InstanceState | null,
  taskId: string,
  viewerId?: string | null,
): TaskDescription {
  const task = state?.tasks.find((t) => t.taskId === taskId);
  if (!state || task === undefined) return VOID;
  if (viewerId !== undefined && task.person.personId !== viewerId) return VOID;
  const { closedBy: by, closedAt: at } = task;
  switch (task.status) {
    case 'pending':
      if (stepOf(state, task)?.role === 'handle')
        return { code: 'pending', words: '待办理', sentence: '等你办理。', by, at };
      return { code: 'pending', words: '待审批', sentence: '等你审批。', by, at };
    case 'approved':
      return { code: 'approved', words: '已同意', sentence: '你已同意。', by, at };
    case 'rejected':
      return { code: 'rejected', words: '已拒绝', sentence: '你已拒绝。', by, at };
    case 'not_needed':
      return notNeeded(state, task);
    case 'waiting':
      return { code: 'waiting', words: '等加签意见', sentence: '等加签的人处理完，再由你决定。', by, at };
    case 'removed':
      return { code: 'removed', words: '加签已取消', sentence: removedWords(by), by, at };
    case 'done':
      return { code: 'done', words: '已办理', sentence: '你已办理。', by, at };
    case 'cannot':
      return { code: 'cannot', words: '未能办理', sentence: '你已说明办不了。', by, at };
    case 'timed_out':
      return { code: 'timed_out', words: '超时自动通过', sentence: TIMED_OUT, by, at };
    case 'transferred':
      return { code: 'transferred', words: '已转交他人', sentence: movedWords(state, task), by, at };
    case 'withdrawn':
      return {
        code: 'withdrawn',
        words: '已撤回',
        sentence: `${state.applicant.name}已撤回，不用再处理。`,
        by,
        at,
      };
    case 'sent_back':
      return { code: 'sent_back', words: '已退回', sentence: sentBackWords(state, task), by, at };
    case 'returned':
      return {
        code: 'returned',
        words: '已由他人退回',
        sentence: `${personOf(by) ?? '他人'}已退回，不用再处理。`,
        by,
        at,
      };
    case 'terminated':
      return { code: 'terminated', words: '已终止', sentence: '这份申请已终止，不用再处理。', by, at };
  }
}

const TIMED_OUT = '你没有在期限内处理，系统已按规定自动通过。';

/** To whom: "你已退回给张老师。" */
function sentBackWords({ returns = [], applicant }: InstanceState, task: TaskState): string {
  const one = returns.find(({ at, by }) => at === task.closedAt && by.personId === task.person.personId);
  return one === undefined || one.toStepKey === null
    ? `你已退回给${applicant.name}。`
    : `你已退回到“${one.toTitle}”。`;
}

/** R6: closed by somebody else's act; whose, and which. */
function notNeeded(state: InstanceState, task: TaskState): TaskDescription {
  const step = stepOf(state, task);
  if (step?.outcome === 'not_needed') return refusedElsewhere(state, task);
  const agreed = step?.outcome === 'approved' || task.voteOver === true;
  const { closedBy: by, closedAt: at } = task;
  const who = personOf(by) ?? '他人';
  if (step?.role === 'handle' || step?.mode === 'quorum') {
    const [words, sentence] = step.role === 'handle' ? HANDLED : COUNTED[agreed ? 'yes' : 'no'];
    return { code: agreed ? 'approved_by_other' : 'rejected_by_other', words, sentence, by, at };
  }
  if (state.tasks.some((one) => one.stepId === task.stepId && one.status === 'timed_out'))
    return { code: 'approved_by_other', words: '已自动通过', sentence: PASSED, by, at };
  return agreed
    ? { code: 'approved_by_other', words: '已由他人同意', sentence: `${who}已先同意，不用再处理。`, by, at }
    : { code: 'rejected_by_other', words: '已由他人拒绝', sentence: `${who}已先拒绝，不用再处理。`, by, at };
}

/** A refusal in another branch ended the request, or one deeper in this branch ended it. */
function refusedElsewhere(state: InstanceState, { closedBy: by, closedAt: at }: TaskState): TaskDescription {
  const refused = refusedSteps(state).findLast(({ closedAt }) => (closedAt ?? 0) <= (at ?? 0));
  const refusal = state.tasks.findLast(
    ({ stepId, status }) => stepId === refused?.stepId && isRefusal(status),
  );
  const who = refusal?.person.name ?? personOf(by) ?? '他人';
  const did = refused?.role === 'handle' ? '说明办不了' : '拒绝';
  const what = state.status === 'rejected' && state.finishedAt === at ? '申请' : '这个分支';
  const sentence = `${who}在“${refused?.title ?? ''}”${did}，${what}已结束，不用再处理。`;
  return { code: 'rejected_by_other', words: '已由他人拒绝', sentence, by, at };
}

const isRefusal = (status: TaskStatus): boolean => status === 'rejected' || status === 'cannot';

const PASSED = '系统已按超时规定通过，不用再处理。';

const HANDLED = ['已由他人处理', '这件事已由他人处理，不用再办理。'] as const;

const COUNTED = {
  yes: ['已由他人同意', '同意的人数已够，不用再处理。'],
  no: ['已由他人拒绝', '同意的人数已不可能够，不用再处理。'],
} as const;

const stepOf = (state: InstanceState, task: TaskState): StepState | undefined =>
  state.steps.find((step) => step.stepId === task.stepId);

const removedWords = (by: By | null): string => `${personOf(by) ?? '加签的人'}取消了加签，不用再处理。`;

function movedWords(state: InstanceState, task: TaskState): string {
  const next = state.tasks.find((t) => t.taskId === task.toTaskId);
  return next === undefined ? '这件事已改由他人处理。' : `已转交${holderName(next)}处理。`;
}

/** The line on top of the page for somebody whose to-do was closed by another: "已由林院长处理". */
export function bannerOf(state: InstanceState, viewerId: string): string | null {
  if (state.returned && state.applicant.personId === viewerId)
    return `${state.returned.by.name}退回：${state.returned.reason}`;
  const mine = state.tasks.findLast((t) => t.person.personId === viewerId);
  if (mine?.status === 'waiting' || mine?.status === 'removed')
    return describeTask(state, mine.taskId, viewerId).sentence;
  if (mine?.status !== 'not_needed' && mine?.status !== 'transferred') return null;
  if (mine.status === 'transferred') return describeTask(state, mine.taskId, viewerId).sentence;
  const who = personOf(mine.closedBy);
  return who === null ? null : `已由${who}处理`;
}

/** The name of the person behind an act; null for a mechanism. */
function personOf(by: By | null): string | null {
  return by === null || by.personId === null ? null : by.name;
}
