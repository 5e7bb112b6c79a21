import { AppError } from '../../kernel/errors.ts';
import { leadToPage, type CardHandler, type TapAnswer } from '../messaging/index.ts';
import { APPROVE_KEY } from './cards/task.ts';
import { actOnTask } from './commands/act.ts';
import type { ApprovalsContext } from './commands/deps.ts';
import { describeTask } from './views/tasks.ts';
import { loadInstance } from './store/requests.ts';

/** 同意 on a card. The answer is computed from the state, so a repeated tap gets the same words (R27). */
export function taskCardHandler(ctx: ApprovalsContext): CardHandler {
  return async (actor, { ref: taskId, subjectId: instanceId, eventKey }) => {
    if (eventKey !== APPROVE_KEY) return present(ctx, instanceId, taskId);
    try {
      const { decision } = await actOnTask(ctx, actor, taskId, { type: 'approve', onCard: true });
      return { final: true, words: describeTask(decision.state, taskId).words };
    } catch (error) {
      // Comment or signature required, rights gone, case removed: the page explains, the button leads there.
      if (error instanceof AppError && error.status < 500) return openPage(ctx, instanceId);
      throw error;
    }
  };
}

async function present(ctx: ApprovalsContext, instanceId: string, taskId: string): Promise<TapAnswer> {
  const row = await ctx.db.read((reads) => loadInstance(reads, instanceId));
  const described = describeTask(row.state, taskId);
  return described.code === 'pending' ? openPage(ctx, instanceId) : { final: true, words: described.words };
}

function openPage(ctx: ApprovalsContext, instanceId: string): TapAnswer {
  const url = `${ctx.publicUrl}/approvals/${instanceId}`;
  return leadToPage({ url, button: '打开处理' }, '请打开详情处理');
}
