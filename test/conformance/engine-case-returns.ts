/** The part of engine-case.ts about going back, being passed over, and ends no approver decides. */
import { expect } from 'vitest';
import { z } from 'zod';
import { returnTargets } from '../../server/features/approvals/engine/send-back.ts';
import type { By } from '../../server/features/approvals/model/people.ts';
import type { InstanceState } from '../../server/features/approvals/model/state.ts';
import type { ReturnCommand } from '../../server/features/approvals/model/returns.ts';
import type { Template } from '../../server/features/approvals/template/template.ts';
import { timelineOf } from '../../server/features/approvals/timeline/timeline.ts';

export const ReturnsThen = {
  round: z.number().optional(),
  liesWith: z.string().nullable().optional(),
  targets: z.array(z.string()).optional(),
  passed: z.array(z.string()).optional(),
  jumped: z.array(z.string()).optional(),
  informed: z.array(z.string()).optional(),
  changed: z.array(z.string()).optional(),
  recomputed: z.boolean().optional(),
  released: z.array(z.string()).optional(),
  kept: z.array(z.string()).optional(),
  timeline: z.array(z.string()).optional(),
};
const Then = z.object(ReturnsThen);
type Then = z.infer<typeof Then>;

interface ReturnAct {
  readonly to?: string | undefined;
  readonly reason?: string | undefined;
  readonly values?: InstanceState['values'] | undefined;
  readonly chosen?: Record<string, string[]> | undefined;
  readonly foretold?: Record<string, string[]> | undefined;
  readonly form?: Record<string, string | number | string[]> | undefined;
  readonly released?: string[] | undefined;
  readonly kept?: string[] | undefined;
}

export function returnCommand(
  state: InstanceState | null,
  verb: ReturnCommand['type'],
  act: ReturnAct,
  by: By,
  taskId: string,
): ReturnCommand {
  const reason = act.reason ?? '';
  switch (verb) {
    case 'sendBack':
      return { type: 'sendBack', by, taskId, toStepKey: act.to ?? null, reason };
    case 'resubmit':
      return {
        type: 'resubmit',
        by,
        title: '申请',
        form: act.form ?? state?.form ?? {},
        values: act.values ?? state?.values ?? {},
        chosen: act.chosen ?? state?.chosen ?? {},
        forecast: Object.entries(act.foretold ?? {}).map(([stepKey, personIds]) => ({ stepKey, personIds })),
      };
    case 'terminate':
      return { type: 'terminate', by, reason };
    case 'revoke':
      return { type: 'revoke', by, reason, released: act.released ?? [], kept: act.kept ?? [] };
  }
}

export function checkReturns(template: Template, state: InstanceState, then: Then): void {
  const same = (name: string, actual: unknown, wanted: unknown): void => {
    if (wanted !== undefined) expect(actual, name).toEqual(wanted);
  };
  const { returned, passed = [], skipped, resubmissions = [], revoked } = state;
  const jumped = skipped.filter((step) => step.jumpedOver !== undefined);
  const last = resubmissions.at(-1);
  const open = state.steps.findLast((step) => step.outcome === null);
  const targets = open ? returnTargets(template, state, open.stepKey) : [];
  const keyOf = (stepId: string) => state.steps.find((step) => step.stepId === stepId)?.stepKey ?? '';
  same('round', state.round, then.round);
  same('liesWith', returned ? state.applicant.personId : null, then.liesWith);
  same(
    'targets',
    targets.map((one) => one.stepKey ?? 'applicant'),
    then.targets,
  );
  same(
    'passed',
    passed.map(
      ({ stepId, reliedOn }) => `${keyOf(stepId)} ${reliedOn.person.personId} by ${reliedOn.stepKey}`,
    ),
    then.passed,
  );
  same(
    'jumped',
    jumped.map((step) => step.stepKey),
    then.jumped,
  );
  same(
    'informed',
    jumped.flatMap((step) => step.jumpedOver?.people.map(({ personId }) => personId) ?? []),
    then.informed,
  );
  same(
    'changed',
    last?.changed.map(({ key }) => key),
    then.changed,
  );
  same('recomputed', last?.recomputed, then.recomputed);
  same('released', revoked?.released, then.released);
  same('kept', revoked?.kept, then.kept);
  if (then.timeline === undefined) return;
  const edits = { hidden: new Set<string>(), valueWords: (_: string, value: unknown) => String(value), tells: () => false };
  const rows = timelineOf(state, {
    now: state.submittedAt,
    workedWords: () => '',
    viewerId: '',
    ahead: [],
    edits,
  });
  expect(rows.map(({ kind, name }) => `${kind} ${name}`)).toEqual(then.timeline);
}
