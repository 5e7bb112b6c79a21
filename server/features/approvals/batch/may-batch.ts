import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';
import type { Template } from '../template/template.ts';

/** Why a task is decided on its own page and not in a batch; null: it may be. */
export function aloneWords(template: Template, state: InstanceState, task: TaskState): string | null {
  const step = state.steps.find(({ stepId }) => stepId === task.stepId);
  if (step?.role === 'handle') return '要逐件办理';
  if (step?.requiresComment) return '要写意见';
  if (step?.signature) return '要手写签名';
  // R46: seals, contracts, money are looked at one by one.
  return template.sensitive ? '敏感事项，请逐件看' : null;
}
