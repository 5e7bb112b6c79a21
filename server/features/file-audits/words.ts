import type { PlanState, Stage, StepKind, Verdict } from './contract.ts';
import type { EventKind } from './engine.ts';

export const STEP_WORDS: Readonly<Record<StepKind, string>> = {
  self: '本人核对',
  unit: '单位复核',
  hr: '人事审核',
};

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  self: '待本人核对',
  unit: '待单位复核',
  hr: '待人事审核',
  done: '已审核',
  dropped: '已离职退出',
  unfinished: '未审完',
};

export const PLAN_WORDS: Readonly<Record<PlanState, string>> = {
  draft: '草稿',
  starting: '正在启动',
  running: '进行中',
  ending: '正在结束',
  ended: '已结束',
  discarded: '已作废',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  ok: '合格',
  missing: '缺',
  wrong: '有误',
};

export function eventWords(kind: EventKind, step: Stage): string {
  const name = step in STEP_WORDS ? STEP_WORDS[step as StepKind] : STAGE_WORDS[step];
  const words: Readonly<Record<EventKind, string>> = {
    opened: '列入审核',
    checked: '核对完',
    passed: '复核完',
    judged: '审核完',
    sentBack: `退回${name}`,
    passedOver: `没有能办${name}的人，跳过`,
    moved: '换了单位，随人转走',
    handedOn: `${name}换人办`,
    dropped: '离职，退出审核',
    stopped: '计划结束，没有审完',
  };
  return words[kind];
}
