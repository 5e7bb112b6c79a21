/** Faults of what a step does with a task nobody decides in time. */
import type { Template, TemplateStep, TimeoutRung } from '../template/template.ts';

export function timeoutFaults(template: Template, where: string, step: TemplateStep): string[] {
  if (step.kind === 'cc' || step.timeout === undefined) return [];
  const rungs = step.timeout;
  const faults: string[] = [];
  const rising = rungs.every((rung, n) => n === 0 || halfDaysOf(rung) > halfDaysOf(rungs[n - 1] ?? rung));
  if (!rising) faults.push(`${where}的超时处理要从早到晚写，且不能同时`);
  const passes = rungs.findIndex((rung) => rung.do === 'pass');
  if (passes === -1) return faults;
  if (passes < rungs.length - 1) faults.push(`${where}超时自动通过以后不能再有处理`);
  // R46: seals, contracts and travel are decided by somebody.
  if (template.sensitive) faults.push(`${where}不能超时自动通过：这类申请是敏感事项`);
  if (step.role === 'handle') faults.push(`${where}是办理，不能超时自动通过`);
  if (step.signature) faults.push(`${where}要手写签名，不能超时自动通过`);
  if (step.requiresComment) faults.push(`${where}要写意见，不能超时自动通过`);
  return faults;
}

export const halfDaysOf = ({ after }: TimeoutRung): number =>
  'workdays' in after ? 2 * after.workdays : after.halfDays;
