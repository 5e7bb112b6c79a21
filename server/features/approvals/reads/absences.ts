/** Days that approved requests take out of somebody's calendar, for rooms that must know who was away. */
import { addDays, instantOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { LeaveKeeper } from '../commands/deps.ts';
import type { HalfDayRangeValue } from '../contract.ts';
import { isEmpty, rangeOf, valueOf } from '../form/fields.ts';
import type { InstanceState } from '../model/state.ts';
import { takenRange } from '../form/taken-days.ts';
import type { Template } from '../template/template.ts';
import type { TemplateLibrary } from '../store/templates.ts';

export interface ApprovedAbsence {
  readonly personId: string;
  readonly fromOn: CalendarDate;
  /** First day back. */
  readonly untilOn: CalendarDate;
}

/** No range of a form is longer than this. */
const LONGEST_DAYS = 400;
const AT_ONCE = 400;

interface Row {
  readonly id: string;
  readonly templateKey: string;
  readonly templateVersion: number;
  readonly state: string | InstanceState;
}

/** Those that touch `[fromOn, untilOn)`. A day that may be taken once only is a day away (R39). */
export async function approvedAbsences(
  library: TemplateLibrary,
  { takenOtherwise }: Pick<LeaveKeeper, 'takenOtherwise'>,
  reads: Reads,
  { fromOn, untilOn }: { readonly fromOn: CalendarDate; readonly untilOn: CalendarDate },
): Promise<ApprovedAbsence[]> {
  const earliest = addDays(fromOn, -LONGEST_DAYS);
  const rows = await reads.em.query<Row[]>(
    `select id, templateKey, templateVersion, state from approval_instance
     where status in ('approved', 'revoked') and submittedAt >= ? and startsOn >= ? and startsOn < ? order by id`,
    [instantOf(addDays(earliest, -LONGEST_DAYS)), earliest, untilOn],
  );
  const taken = new Map<string, HalfDayRangeValue | null>();
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const ids = rows.slice(at, at + AT_ONCE).map(({ id }) => id);
    for (const [id, range] of await takenOtherwise(reads, ids)) taken.set(id, range);
  }
  const found: ApprovedAbsence[] = [];
  for (const { id, templateKey, templateVersion, state } of rows) {
    const template = await library.version(reads, templateKey, Number(templateVersion));
    found.push(
      ...absencesIn(
        template,
        typeof state === 'string' ? (JSON.parse(state) as InstanceState) : state,
        taken.get(id),
      ),
    );
  }
  return found.filter((one) => one.fromOn < untilOn && one.untilOn > fromOn);
}

const absencesIn = (
  { fields }: Template,
  { applicant, form, revoked }: InstanceState,
  taken: HalfDayRangeValue | null | undefined,
): ApprovedAbsence[] =>
  fields.flatMap((field) => {
    if (field.type !== 'halfDayRange' || !field.exclusive) return [];
    const value = valueOf(form, field.key);
    const asked = taken === undefined ? (isEmpty(value) ? null : rangeOf(value)) : taken;
    const range = asked && takenRange(asked, revoked === undefined ? {} : { revoked });
    if (range === null) return [];
    return [{ personId: applicant.personId, fromOn: range.from, untilOn: addDays(range.to, 1) }];
  });
