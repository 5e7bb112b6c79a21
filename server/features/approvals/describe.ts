/**
 * What a request and its tasks look like now, computed from the state and never remembered, so that a repeated
 * tap or a stale card gets the same true words (R1, R27, R28).
 */
import type { InstanceStatus } from './contract.ts';
import { modeWords } from './explain.ts';
import type { By, InstanceState, PersonSnapshot, StepState, TaskState } from './model.ts';
import { votingSeats, waitingSeats } from './engine/tally.ts';

export type TaskCode =
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'approved_by_other'
  | 'rejected_by_other'
  | 'transferred'
  | 'withdrawn'
  | 'void';

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
      return { code: 'pending', words: '待审批', sentence: '等你审批。', by, at };
    case 'approved':
      return { code: 'approved', words: '已同意', sentence: '你已同意。', by, at };
    case 'rejected':
      return { code: 'rejected', words: '已拒绝', sentence: '你已拒绝。', by, at };
    case 'not_needed':
      return notNeeded(state, task);
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
  }
}

/** R6: closed by somebody else's act; whose, and which. */
function notNeeded(state: InstanceState, task: TaskState): TaskDescription {
  const step = state.steps.find((s) => s.stepId === task.stepId);
  const agreed = step?.outcome === 'approved';
  const { closedBy: by, closedAt: at } = task;
  const who = personOf(by) ?? '他人';
  return agreed
    ? { code: 'approved_by_other', words: '已由他人同意', sentence: `${who}已先同意，不用再处理。`, by, at }
    : { code: 'rejected_by_other', words: '已由他人拒绝', sentence: `${who}已先拒绝，不用再处理。`, by, at };
}

function movedWords(state: InstanceState, task: TaskState): string {
  const next = state.tasks.find((t) => t.taskId === task.toTaskId);
  return next === undefined ? '这件事已改由他人处理。' : `已转交${next.person.name}处理。`;
}

/* ---------- the request ---------- */

export const STATUS_WORDS: Readonly<Record<InstanceStatus, string>> = {
  running: '审批中',
  approved: '已通过',
  rejected: '已拒绝',
  withdrawn: '已撤回',
};

export interface HolderView {
  readonly stepId: string;
  readonly people: readonly PersonSnapshot[];
  readonly names: readonly string[];
  /** Since when the earliest of them holds it; for the admin queue since the step opened. */
  readonly since: number;
  /** "需都同意", "一人同意即可"; empty for one holder. */
  readonly words: string;
  /** "现在在王处长、林院长处，需都同意" */
  readonly sentence: string;
  /** R18: nobody holds it; an administrator must name somebody. */
  readonly waiting: boolean;
}

/** Who has the ball; null when the request is finished. */
export function holderOf(state: InstanceState): HolderView | null {
  const step = state.steps.findLast((s) => s.outcome === null);
  if (state.status !== 'running' || step === undefined) return null;
  const tasks = state.tasks.filter((t) => t.stepId === step.stepId && t.status === 'pending');
  const names = tasks.map((t) => t.person.name);
  const words = tasks.length < 2 ? '' : holdWords(step, tasks.length);
  const waiting = tasks.length === 0 && waitingSeats(state, step).length > 0;
  const shown = waiting ? ['管理员'] : names;
  const place = waiting ? '现在等管理员指定审批人' : `现在在${shown.join('、')}处`;
  return {
    stepId: step.stepId,
    people: tasks.map((t) => t.person),
    names: shown,
    since: tasks.length === 0 ? step.openedAt : Math.min(...tasks.map((t) => t.openedAt)),
    words,
    sentence: words === '' ? place : `${place}，${words}`,
    waiting,
  };
}

function holdWords(step: StepState, open: number): string {
  if (step.mode === 'all') return open === 2 ? '需都同意' : `需${String(open)} 人都同意`;
  return modeWords(step.mode, step.refusal, votingSeats(step).length);
}

/** "接下来由王处长、林院长处理"; after the last step "已通过". For the toast after an act. */
export function nextWords(state: InstanceState): string | null {
  const holder = holderOf(state);
  if (holder === null) return state.status === 'running' ? null : STATUS_WORDS[state.status];
  if (holder.waiting) return '接下来由管理员指定审批人';
  return `接下来由${holder.names.join('、')}处理`;
}

/** The line on top of the page for somebody whose to-do was closed by another: "已由林院长处理". */
export function bannerOf(state: InstanceState, viewerId: string): string | null {
  const mine = state.tasks.findLast((t) => t.person.personId === viewerId);
  if (mine?.status !== 'not_needed' && mine?.status !== 'transferred') return null;
  if (mine.status === 'transferred') return describeTask(state, mine.taskId, viewerId).sentence;
  const who = personOf(mine.closedBy);
  return who === null ? null : `已由${who}处理`;
}

/** The name of the person behind an act; null for a mechanism. */
function personOf(by: By | null): string | null {
  return by === null || by.personId === null ? null : by.name;
}
