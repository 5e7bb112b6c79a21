import type { PathStep, TimelineRow } from '../contract.ts';
import { branchTitle } from '../views/branches.ts';
import { describeTask } from '../views/tasks.ts';
import { STATUS_WORDS, statusWords } from '../views/status.ts';
import { sawVersion } from '../engine/form-edits.ts';
import { isOpenTask } from '../engine/tally.ts';
import { MODE_NAMES } from '../engine/explain.ts';
import { returnRows, revokedRows, terminatedRow } from './returns.ts';
import { editRows, type EditWords } from './edits.ts';
import { circulationRows } from './circulation.ts';
import { timeoutRows } from './timeouts.ts';
import { additionRows, consultRows } from './asked.ts';
import { row } from './row.ts';
import { markOf } from '../words.ts';
import type { CommentState, InstanceState } from '../model/state.ts';
import type { Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';

export interface TimelineFacts {
  readonly now: number;
  /** Working time between two instants in words: 2 小时. */
  readonly workedWords: (from: number, until: number) => string;
  readonly viewerId: string;
  /** Steps that have not opened yet, as they look today (R24: a forecast). */
  readonly ahead: readonly PathStep[];
  /** What is told of changes of the form, and what is not. */
  readonly edits: EditWords;
}

/** What happened, what is happening and what is foreseen, top to bottom. */
export function timelineOf(state: InstanceState, facts: TimelineFacts): TimelineRow[] {
  const opened = state.steps.flatMap((step) => stepRows(state, step, facts));
  // Branches end in another order than they began: what is still open stands below.
  const steps = state.groups === undefined ? opened : [...opened].sort(byEnd);
  const past = [
    submitted(state),
    ...steps,
    ...state.copies.map((copy, index) =>
      row(`cc-${index}`, 'cc', 'done', {
        name: copy.person.name,
        role: `${copy.person.unitName} · ${copy.title}`,
        stateWords: copy.readAt === null ? '已抄送' : '已读',
        at: copy.sentAt,
        why: copy.why,
      }),
    ),
  ];
  const edited = editRows(state, facts.edits);
  const said = [
    ...edited,
    ...timeoutRows(state),
    ...circulationRows(state),
    ...state.comments.map(commentRow),
    ...additionRows(state),
    ...consultRows(state),
  ];
  const commented = [...returnRows(state, facts.edits.hidden), ...said].reduce(
    (rows, entry) => inOrder(rows, entry),
    past,
  );
  return [
    ...commented,
    ...ending(state),
    ...(state.status === 'running' ? facts.ahead.flatMap((step) => aheadRows(step, facts.edits)) : []),
  ];
}

const byEnd = (a: TimelineRow, b: TimelineRow): number => (a.at ?? Infinity) - (b.at ?? Infinity) || 0;

const submitted = ({ applicant, submittedAt }: InstanceState): TimelineRow =>
  row('submitted', 'submitted', 'done', { name: applicant.name, role: '提交', at: submittedAt });

function stepRows(state: InstanceState, step: StepState, facts: TimelineFacts): TimelineRow[] {
  const tasks = state.tasks.filter((task) => task.stepId === step.stepId);
  return [
    ...tasks.map((task) => taskRow(state, step, task, facts)),
    ...(step.outcome === null && state.status === 'running' ? emptySeats(state, step, tasks) : []),
  ];
}

const ROW_STATE = {
  pending: 'current',
  approved: 'done',
  rejected: 'refused',
  not_needed: 'skipped',
  transferred: 'done',
  withdrawn: 'skipped',
  sent_back: 'refused',
  returned: 'skipped',
  terminated: 'skipped',
  waiting: 'current',
  removed: 'skipped',
  done: 'done',
  cannot: 'refused',
  timed_out: 'skipped',
} as const;

const TASK_WORDS = {
  approved: '同意',
  rejected: '拒绝',
  not_needed: '不用处理',
  transferred: '已转交',
  withdrawn: '已撤回',
  sent_back: '退回',
  returned: '不用处理',
  terminated: '已终止',
  waiting: '等加签意见',
  removed: '加签已取消',
  done: '已办理',
  cannot: '未能办理',
  timed_out: '超时，系统自动通过',
} as const;

const DECIDED: readonly TaskState['status'][] = [
  'approved',
  'rejected',
  'transferred',
  'sent_back',
  'done',
  'cannot',
];

function taskRow(state: InstanceState, step: StepState, task: TaskState, facts: TimelineFacts): TimelineRow {
  const until = task.closedAt ?? facts.now;
  const decided = DECIDED.includes(task.status);
  const pendingWords = task.readAt === null ? '未查看' : '处理中';
  const branch = branchTitle(state, step.branchId);
  return row(task.taskId, task.status === 'transferred' ? 'transferred' : 'step', ROW_STATE[task.status], {
    name: task.person.name,
    onBehalfOf: task.onBehalfOf?.name ?? null,
    role: roleWords(step, task.person.unitName, seatLabel(step, task)),
    stateWords:
      task.status === 'pending' ? pendingWords : `${TASK_WORDS[task.status]}${sawWords(state, task)}`,
    at: task.closedAt,
    usedWords: decided ? `用时 ${facts.workedWords(task.openedAt, until)}` : null,
    comment: task.comment,
    why: isOpenTask(task) || decided ? whyOf(step, task, facts.edits) : endedBy(state, step, task),
    ...(branch === undefined ? {} : { branch }),
    ...signatureOf(task),
  });
}

function signatureOf({ signature }: TaskState): Pick<TimelineRow, 'signature'> {
  if (signature === undefined) return {};
  const { fileId, how, hash } = signature;
  return { signature: { fileId, how, mark: markOf(hash) } };
}

/** A refusal in another branch: whose. */
const endedBy = (state: InstanceState, step: StepState, task: TaskState): string | null =>
  step.outcome === 'not_needed' ? describeTask(state, task.taskId).sentence : null;

function whyOf(step: StepState, task: TaskState, { tells }: EditWords): string {
  return [tells(step.stepKey) ? '' : step.why, task.why].filter(Boolean).join('。');
}

const FORM_DECISIONS: readonly TaskState['status'][] = ['approved', 'rejected', 'done', 'cannot'];

/** R40: which form somebody decided on, once there is more than one. */
function sawWords(state: InstanceState, task: TaskState): string {
  if (state.edits === undefined || !FORM_DECISIONS.includes(task.status)) return '';
  return ` · 第 ${String(sawVersion(state, task))} 版`;
}

const seatLabel = (step: StepState, task: TaskState): string =>
  step.seats.find((seat) => seat.seat === task.seat)?.label ?? step.title;

function roleWords(step: StepState, unitName: string, label: string): string {
  const mode = step.seats.length > 1 ? MODE_NAMES[step.mode] : '';
  return [unitName, label, mode].filter((part) => part !== '').join(' · ');
}

/** Seats without a task yet: waiting for their turn (依次) or for an administrator (R18). */
function emptySeats(state: InstanceState, step: StepState, tasks: readonly TaskState[]): TimelineRow[] {
  const { passed = [] } = state;
  const isPassed = ({ seat }: Seat) => passed.some((one) => one.stepId === step.stepId && one.seat === seat);
  return step.seats
    .filter((seat) => seat.mergedInto === null && seat.addition?.removed !== true)
    .filter((seat) => !tasks.some((task) => task.seat === seat.seat))
    .filter((seat) => !isPassed(seat))
    .map((seat) => emptySeat(step, seat, branchTitle(state, step.branchId)));
}

function emptySeat(step: StepState, seat: Seat, branch: string | undefined): TimelineRow {
  const lies = branch === undefined ? {} : { branch };
  const id = `${step.stepId}-${seat.seat}`;
  return seat.person === null
    ? row(id, 'step', 'current', {
        name: '管理员',
        role: seat.label,
        stateWords: '待指定审批人',
        why: seat.missing,
        ...lies,
      })
    : row(id, 'step', 'future', {
        name: seat.person.name,
        role: roleWords(step, seat.person.unitName, seat.label),
        stateWords: '等待前面的人',
        why: seat.why,
        ...lies,
      });
}

const commentRow = (comment: CommentState): TimelineRow =>
  row(comment.commentId, 'comment', 'done', {
    name: comment.by.name,
    role: '评论',
    stateWords: (comment.mentions ?? []).map(({ name }) => `@${name}`).join(' '),
    at: comment.at,
    comment: comment.text,
    ...(comment.files && { files: [...comment.files] }),
  });

/** After what had happened by then, before what is still open. */
function inOrder(rows: readonly TimelineRow[], entry: TimelineRow): TimelineRow[] {
  const at = entry.at ?? 0;
  const later = rows.findIndex((known) => known.at === null || known.at > at);
  return later === -1 ? [...rows, entry] : [...rows.slice(0, later), entry, ...rows.slice(later)];
}

function ending(state: InstanceState): TimelineRow[] {
  const { status, finishedAt, finishedBy, finishedComment } = state;
  if (status === 'running') return [];
  if (status === 'withdrawn') {
    const name = finishedBy?.name ?? state.applicant.name;
    return [
      row('finished', 'withdrawn', 'refused', {
        name,
        role: '撤回',
        at: finishedAt,
        comment: finishedComment,
      }),
    ];
  }
  if (status === 'terminated') return [terminatedRow(state)];
  const revoked = status === 'revoked';
  return [
    row('finished', 'finished', status === 'approved' || revoked ? 'done' : 'refused', {
      name: revoked ? STATUS_WORDS.approved : statusWords(state),
      role: '结果',
      at: finishedAt,
    }),
    ...revokedRows(state),
  ];
}

function aheadRows(step: PathStep, { tells }: EditWords): TimelineRow[] {
  const stateWords = '预计';
  const told = tells(step.stepKey);
  const lies = step.branch === undefined ? {} : { branch: step.branch.title };
  if (step.people.length === 0) {
    return [
      row(`ahead-${step.stepKey}`, 'step', 'future', {
        name: step.title,
        stateWords,
        why: step.problem ?? null,
        ...lies,
      }),
    ];
  }
  return step.people.map((person) =>
    row(`ahead-${step.stepKey}-${person.personId}`, step.mode === 'cc' ? 'cc' : 'step', 'future', {
      name: person.name,
      role: [person.unitName, step.mode === 'cc' ? `${step.title} · 通过后抄送` : step.title].join(' · '),
      stateWords,
      why: told ? null : person.why,
      ...lies,
    }),
  );
}
