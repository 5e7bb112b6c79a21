import { z } from 'zod';
import type { Holding, HoldingProvider } from '../features/accounts/index.ts';
import type { Approvals, HeldTask, Succession } from '../features/approvals/index.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';

type Succeeding = Approvals['succession'];
type Trial = Awaited<ReturnType<HoldingProvider['dryRun']>>;
type IsActive = (reads: Reads, personId: string) => Promise<boolean>;

export const TASKS = 'approvals.task';

/** What people hold in approvals, for the hand-over of who leaves, moves or is locked (R22, R25). */
export const holdingsOfApprovals = (
  { succession }: Pick<Approvals, 'succession'>,
  isActive: IsActive,
): readonly HoldingProvider[] => [tasks(succession), namedSeats(succession, isActive)];

const OVER: Trial = { verdict: 'auto', words: '已经办完，不用交接' };
const TRIALS: Readonly<Record<Succession, Trial>> = {
  takes: { verdict: 'takes', words: '由接手人办' },
  merges: { verdict: 'merges', words: '接手人已在这一步，合并为一票' },
  none: OVER,
  isApplicant: { verdict: 'refuses', words: '接手人是申请人，不能审批自己的申请' },
  inactive: { verdict: 'refuses', words: '接手人已停用，请换一位' },
  sitsThere: { verdict: 'refuses', words: '接手人已是这一步的审批人，请换一位' },
};

/** Sheets carried out earlier noted one task. */
const Taken = z.union([
  z.object({ taskIds: z.array(z.string()) }),
  z.object({ taskId: z.string() }).transform(({ taskId }) => ({ taskIds: [taskId] })),
]);

function tasks(room: Succeeding): HoldingProvider {
  return {
    kind: TASKS,
    label: '待办审批',
    list: async (reads, personId) => (await room.heldTasks(reads, personId)).map(taskHolding),
    async dryRun(reads, { ref }, successorId, personId) {
      if (successorId === null) return { verdict: 'refuses', words: '没有选接手人' };
      return TRIALS[await room.try(reads, ref, { personId, successorId })];
    },
    async handOver(tx, { ref }, successorId, personId) {
      const { outcome, taskIds } = await room.succeed(tx, ref, { personId, successorId: successorId ?? '' });
      if (outcome === 'merges') return { result: 'merged', words: TRIALS.merges.words };
      if (taskIds.length === 0) return { result: 'done', words: OVER.words };
      return { result: 'done', words: '已交给接手人', undo: { taskIds: [...taskIds] } };
    },
    async undo(tx, { ref }, undo, personId) {
      const outcome = await room.giveBack(tx, ref, { personId, ...Taken.parse(undo) });
      if (outcome === 'undone') return { result: 'undone', words: '已退回原处理人' };
      const words = outcome === 'decided' ? '接手人已经办过' : '原处理人已停用，留在接手人处';
      return { result: 'kept', words };
    },
  };
}

const taskHolding = ({ instanceId, title, number, applicantName, abandoned }: HeldTask): Holding => ({
  ref: instanceId,
  title: applicantName === '' ? title : `${applicantName} ${title}`,
  detail: abandoned ? `${number}，没有人接，等指定审批人` : number,
  mode: 'choose',
});

const Versions = z.object({ before: z.number(), after: z.number() });

/** The seat goes with new requests; those under way were made with the former version and keep it (R41). */
function namedSeats(room: Succeeding, isActive: IsActive): HoldingProvider {
  return {
    kind: 'approvals.namedSeat',
    label: '审批模板里的指定审批人',
    list: async (reads, personId) =>
      (await room.namedSeats(reads, personId)).map(({ templateKey, title, where }) => ({
        ref: templateKey,
        title,
        detail: where.join('、'),
        mode: 'choose',
      })),
    async dryRun(reads, { ref }, successorId, personId) {
      if (successorId === null) return { verdict: 'refuses', words: '没有选接手人' };
      const outcome = await room.trySeats(reads, ref, { personId, successorId });
      if (outcome === 'none') return { verdict: 'auto', words: '模板里已经没有这个人' };
      if (outcome === 'merges') return { verdict: 'merges', words: '模板里已有接手人，只留一个' };
      return { verdict: 'takes', words: '以后的申请由接手人审批' };
    },
    async handOver(tx, { ref }, successorId, personId) {
      const who = { personId, successorId: successorId ?? '' };
      const outcome = await room.trySeats(tx, ref, who);
      const versions = await room.takeSeats(tx, ref, who);
      if (versions === null) return { result: 'done', words: '模板里已经没有这个人' };
      if (outcome === 'merges') return { result: 'merged', words: '模板里已有接手人，只留一个' };
      return { result: 'done', words: `模板已改为第 ${versions.after} 版`, undo: versions };
    },
    async undo(tx, { ref }, undo, personId) {
      if (!(await isActive(tx, personId))) return { result: 'kept', words: '原审批人已停用，留在接手人处' };
      const isBack = await room.giveSeatsBack(tx, ref, Versions.parse(undo));
      return isBack
        ? { result: 'undone', words: '模板已改回' }
        : { result: 'kept', words: '模板后来又改过，没有改回' };
    },
  };
}
