import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import type { HalfDayRangeValue } from '../contract.ts';
import { leaveOf } from '../form/compute.ts';
import { valueOf } from '../form/fields.ts';
import type { CountedLeave } from '../form/leave-days.ts';
import type { InstanceState } from '../model/state.ts';
import type { LeaveType } from '../fields/controls.ts';

export interface RequestedLeave {
  readonly type: LeaveType;
  readonly range: HalfDayRangeValue;
  readonly days: CountedLeave['days'];
  /** Whom the form names to take the work over. */
  readonly handoverId: string | null;
}

/** By the version of the template the request was made with (R41), and the calendar of today. */
export async function requestedLeave(
  { templates, calendar }: Pick<ApprovalsContext, 'templates' | 'calendar'>,
  reads: Reads,
  { templateKey, templateVersion, form }: InstanceState,
): Promise<RequestedLeave | null> {
  const template = await templates.version(reads, templateKey, templateVersion);
  const all = new Set(template.fields.map(({ key }) => key));
  const person = template.fields.find((field) => field.type === 'person');
  const named = person && valueOf(form, person.key);
  for (const spec of template.computed) {
    const { type, range, counted } = leaveOf(template, spec, form, all, calendar());
    if (type && range && counted)
      return { type, range, days: counted.days, handoverId: typeof named === 'string' ? named : null };
  }
  return null;
}
