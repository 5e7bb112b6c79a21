import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { wordsFor } from '../../../phrases/index.ts';
import { actOnTask } from '../commands/act.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { describeTask } from '../views/tasks.ts';
import { readInstanceOfTask } from '../store/requests.ts';
import type { ApproveManyAnswer, ApproveManyRequest } from './contract.ts';
import { aloneWords } from './may-batch.ts';

type Result = ApproveManyAnswer['results'][number];

/**
 * Each task is decided in a unit of work of its own, as if it were tapped alone: one that cannot be decided is told of
 * and holds up no other, as is one whose form somebody changed since it was listed (R40). The same task twice is decided once.
 */
export async function approveMany(
  ctx: ApprovalsContext,
  actor: PersonActor,
  { tasks, comment }: ApproveManyRequest,
): Promise<ApproveManyAnswer> {
  const results: Result[] = [];
  // Told twice of one task: the first that was read counts.
  const once = tasks.filter(({ taskId }, at) => tasks.findIndex((one) => one.taskId === taskId) === at);
  for (const { taskId, formVersion } of once) {
    try {
      results.push(await approveOne(ctx, actor, taskId, formVersion, comment));
    } catch (error) {
      results.push({ taskId, outcome: 'refused', words: whyNot(ctx, error) });
    }
  }
  return { results };
}

/** What was decided before it stays decided, so a fault of one is no fault of the answer. */
function whyNot({ onTrouble }: ApprovalsContext, error: unknown): string {
  if (error instanceof AppError) return wordsFor(error.code, error.data, 'zh');
  onTrouble({ err: error }, 'a task of a batch was not decided');
  return '这一件没有办成，请再试一次';
}

async function approveOne(
  ctx: ApprovalsContext,
  actor: PersonActor,
  taskId: string,
  sawForm: number,
  comment: string | undefined,
): Promise<Result> {
  const alone = await ctx.db.read(async (reads) => {
    const { state, templateKey, templateVersion } = await readInstanceOfTask(reads, taskId);
    const task = state.tasks.find((one) => one.taskId === taskId);
    // Whose it is, and whether it is open, the act itself says.
    if (task?.status !== 'pending' || task.person.personId !== actor.personId) return null;
    return aloneWords(await ctx.templates.version(reads, templateKey, templateVersion), state, task);
  });
  if (alone !== null) return { taskId, outcome: 'refused', words: alone };
  const { decision } = await actOnTask(ctx, actor, taskId, { type: 'approve', comment, sawForm });
  return { taskId, outcome: decision.outcome, words: describeTask(decision.state, taskId).sentence };
}
