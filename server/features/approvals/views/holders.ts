/** Who has the ball, and who gets it next. */
import { modeWords, roleWords } from '../engine/explain.ts';
import { openSteps } from '../engine/lanes.ts';
import { countedSeats, waitingSeats } from '../engine/tally.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { ReturnState } from '../model/returns.ts';
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { statusWords } from './status.ts';

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

/** 王处长（代 林院长） (R30) */
export const holderName = ({ person, onBehalfOf }: Pick<TaskState, 'person' | 'onBehalfOf'>): string =>
  onBehalfOf === undefined ? person.name : `${person.name}（代 ${onBehalfOf.name}）`;

/** Who has the ball; null when the request is finished. */
export function holderOf(state: InstanceState): HolderView | null {
  if (state.status === 'running' && state.returned) return withApplicant(state, state.returned);
  const open = openSteps(state);
  const [step] = open;
  if (step === undefined) return null;
  if (open.length > 1) return inBranches(state, open);
  const tasks = state.tasks.filter((t) => t.stepId === step.stepId && t.status === 'pending');
  const names = tasks.map(holderName);
  const words = tasks.length < 2 ? '' : holdWords(step, tasks);
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

/** Several have the ball at the same time. */
function inBranches(state: InstanceState, open: readonly StepState[]): HolderView {
  const tasks = open.map((step) =>
    state.tasks.filter(({ stepId, status }) => stepId === step.stepId && status === 'pending'),
  );
  const names = tasks.flatMap((held) => (held.length === 0 ? ['管理员'] : held.map(holderName)));
  const shown = [...new Set(names)];
  const all = tasks.flat();
  const words = `${String(open.length)} 个分支同时进行`;
  return {
    stepId: open[0]?.stepId ?? '',
    people: all.map(({ person }) => person),
    names: shown,
    since: Math.min(...(all.length > 0 ? all : open).map(({ openedAt }) => openedAt)),
    words,
    sentence: `现在在${shown.join('、')}处，${words}`,
    waiting: all.length === 0,
  };
}

/** Sent back: the applicant has the ball. */
function withApplicant({ applicant }: InstanceState, { returnId, at }: ReturnState): HolderView {
  return {
    stepId: returnId,
    people: [applicant],
    names: [applicant.name],
    since: at,
    words: '待重新提交',
    sentence: `现在在${applicant.name}处，待重新提交`,
    waiting: false,
  };
}

function holdWords(step: StepState, open: readonly TaskState[]): string {
  const counted = countedSeats(step);
  // R10: who was added before or after is no part of the count the words speak of.
  if (open.some((task) => !counted.some((seat) => seat.seat === task.seat))) return '';
  const all = open.length === 2 ? '需都同意' : `需${String(open.length)} 人都同意`;
  const words = step.mode === 'all' ? all : modeWords(step.mode, step.refusal, counted.length, step.needed);
  return roleWords(step.role, words);
}

/** "接下来由王处长、林院长处理"; after the last step "已通过". For the toast after an act. */
export function nextWords(state: InstanceState): string | null {
  const holder = holderOf(state);
  if (holder === null) return state.status === 'running' ? null : statusWords(state);
  if (state.returned) return `已退回给${state.applicant.name}`;
  if (holder.waiting) return '接下来由管理员指定审批人';
  return `接下来由${holder.names.join('、')}处理`;
}
