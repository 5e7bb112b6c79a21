/** The rows of going back and of being passed over; timeline.ts puts them where they happened. */
import type { TimelineRow } from '../contract.ts';
import { roleOf } from '../engine/explain.ts';
import type { InstanceState } from '../model/state.ts';
import { row } from './row.ts';

/** R46: what no person did carries no person's name. */
const SYSTEM = '系统';

/** In the order they happened. What was sent back stands on its task's row; here stands where it went. */
export function returnRows(state: InstanceState, hidden: ReadonlySet<string>): TimelineRow[] {
  const { returns = [], resubmissions = [], passed = [], skipped } = state;
  const rows = [
    ...returns.map(({ returnId, at, by, toTitle, round }) =>
      row(returnId, 'returned', 'refused', {
        name: by.name,
        role: `退回到${toTitle}`,
        stateWords: `第 ${round} 轮`,
        at,
      }),
    ),
    ...resubmissions.map(({ returnId, at, by, changed, recomputed }) =>
      row(`${returnId}-again`, 'resubmitted', 'done', {
        name: by.name,
        role: '重新提交',
        stateWords: recomputed ? '路径重新计算' : '',
        at,
        comment: changedWords(changed.filter(({ key }) => !hidden.has(key)).map(({ label }) => label)),
      }),
    ),
    ...passed.map(({ stepId, seat, at, reliedOn, why }) =>
      row(`passed-${stepId}-${seat}`, 'passed', 'skipped', {
        name: SYSTEM,
        role: `${titleOf(state, stepId)} · ${reliedOn.person.name}`,
        stateWords: '不再重复审批',
        at,
        why,
      }),
    ),
    ...skipped.flatMap(({ stepKey, title, round, at, why, jumpedOver }) =>
      jumpedOver === undefined
        ? []
        : [
            row(`jumped-${stepKey}-${round}`, 'passed', 'skipped', {
              name: SYSTEM,
              role: title,
              stateWords: `不再重复${roleOf(state, stepKey) === 'handle' ? '办理' : '审批'}`,
              at,
              why,
            }),
          ],
    ),
  ];
  return rows.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

const changedWords = (labels: readonly string[]): string =>
  labels.length === 0 ? '内容没有改动' : `改动：${labels.join('、')}`;

const titleOf = ({ steps }: InstanceState, stepId: string): string =>
  steps.find((step) => step.stepId === stepId)?.title ?? '';

export const terminatedRow = ({ finishedAt, finishedBy, finishedComment }: InstanceState): TimelineRow =>
  row('finished', 'terminated', 'refused', {
    name: finishedBy?.name ?? SYSTEM,
    role: '终止',
    at: finishedAt,
    comment: finishedComment,
  });

export function revokedRows({ revoked }: InstanceState): TimelineRow[] {
  if (revoked === undefined) return [];
  const { at, by, reason, released, kept } = revoked;
  const effects = [...released, ...kept.map((words) => `不能撤销：${words}`)];
  return [
    row('revoked', 'revoked', 'refused', {
      name: by.name,
      role: '撤销',
      at,
      comment: [reason, ...effects].join('\n'),
    }),
  ];
}
