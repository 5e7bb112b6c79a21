/** Days that approved requests take out of somebody's calendar, for rooms that must know who was away. */
import { addDays, instantOf, type CalendarDate } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { isEmpty, rangeOf, valueOf } from './form-fields.ts';
import type { InstanceState } from './model.ts';
import type { Template } from './template.ts';
import type { TemplateLibrary } from './template-library.ts';

export interface ApprovedAbsence {
  readonly personId: string;
  readonly fromOn: CalendarDate;
  /** First day back. */
  readonly untilOn: CalendarDate;
}

/** No range of a form is longer than this. */
const LONGEST_DAYS = 400;

interface Row {
  readonly templateKey: string;
  readonly templateVersion: number;
  readonly state: string | InstanceState;
}

/** Those that touch `[fromOn, untilOn)`. A day that may be taken once only is a day away (R39). */
export async function approvedAbsences(
  library: TemplateLibrary,
  reads: Reads,
  { fromOn, untilOn }: { readonly fromOn: CalendarDate; readonly untilOn: CalendarDate },
): Promise<ApprovedAbsence[]> {
  const earliest = addDays(fromOn, -LONGEST_DAYS);
  const rows = await reads.em.query<Row[]>(
    `select templateKey, templateVersion, state from approval_instance
     where status = 'approved' and submittedAt >= ? and startsOn >= ? and startsOn < ? order by id`,
    [instantOf(addDays(earliest, -LONGEST_DAYS)), earliest, untilOn],
  );
  const found: ApprovedAbsence[] = [];
  for (const { templateKey, templateVersion, state } of rows) {
    const template = await library.version(reads, templateKey, Number(templateVersion));
    found.push(
      ...absencesIn(template, typeof state === 'string' ? (JSON.parse(state) as InstanceState) : state),
    );
  }
  return found.filter((one) => one.fromOn < untilOn && one.untilOn > fromOn);
}

const absencesIn = ({ fields }: Template, { applicant, form }: InstanceState): ApprovedAbsence[] =>
  fields.flatMap((field) => {
    if (field.type !== 'halfDayRange' || !field.exclusive) return [];
    const value = valueOf(form, field.key);
    const range = isEmpty(value) ? null : rangeOf(value);
    if (range === null) return [];
    return [{ personId: applicant.personId, fromOn: range.from, untilOn: addDays(range.to, 1) }];
  });
