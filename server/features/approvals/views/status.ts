/** How a request stands, in a word. */
import type { InstanceStatus } from '../contract.ts';
import { refusedSteps } from '../engine/closing.ts';
import type { InstanceState } from '../model/state.ts';

export const STATUS_WORDS: Readonly<Record<InstanceStatus, string>> = {
  running: '审批中',
  approved: '已通过',
  rejected: '已拒绝',
  withdrawn: '已撤回',
  terminated: '已终止',
  revoked: '已撤销',
};

/**
 * The same in full: where somebody could not carry it out, nobody refused it, and where it was carried out only,
 * nobody approved it (办理 is never called an approval).
 */
export function statusWords(state: InstanceState): string {
  const { status, steps } = state;
  if (status === 'rejected' && refusedSteps(state).every(({ role }) => role === 'handle')) return '未能办理';
  const onlyHandled = steps.length > 0 && steps.every((step) => step.role === 'handle');
  if (!onlyHandled || (status !== 'running' && status !== 'approved')) return STATUS_WORDS[status];
  return status === 'running' ? '办理中' : '已办结';
}
