/** Checks the cases of approvals-forms.json: one filled leave form each. */
import { expect } from 'vitest';
import { z } from 'zod';
import type { Calendar } from '../../server/kernel/workdays.ts';
import { FormValues, HalfDayRangeValue, type FieldNote } from '../../server/features/approvals/contract.ts';
import { factsOf } from '../../server/features/approvals/views/facts.ts';
import { forecast, mustBeSubmittable, type Forecast } from '../../server/features/approvals/views/forecast.ts';
import type { Template } from '../../server/features/approvals/template/template.ts';
import {
  changeWorld,
  orgOf,
  WorldChange,
  type WorldData,
} from '../../server/features/approvals/testing/world.ts';

const Notes = z.array(z.tuple([z.string(), z.string()]));
const Words = z.record(z.string(), z.string());

export const FormCases = z.strictObject({
  about: z.string(),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      rules: z.array(z.string()),
      title: z.string(),
      form: z.record(z.string(), z.unknown()),
      today: z.string().default('2026-11-23'),
      applicant: z.string().default('zhang'),
      post: z.string().optional(),
      absences: z
        .array(z.strictObject({ instanceId: z.string(), title: z.string(), range: HalfDayRangeValue }))
        .default([]),
      balances: z.record(z.string(), z.number()).default({}),
      change: WorldChange.optional(),
      result: z.strictObject({
        title: z.string().optional(),
        days: z.number().nullable().optional(),
        strip: z.array(z.number()).optional(),
        explanation: z.string().optional(),
        note: z.string().optional(),
        time: z.string().optional(),
        provisional: z.boolean().optional(),
        balance: z.string().optional(),
        errors: Notes.optional(),
        warns: Notes.optional(),
        infos: Notes.optional(),
        required: z.array(z.string()).optional(),
        missing: z.array(z.string()).optional(),
        path: z.array(z.string()).optional(),
        why: Words.optional(),
        personWhy: Words.optional(),
        problems: Words.optional(),
        estimate: z.string().optional(),
        reasons: z.array(z.string()).optional(),
        canSubmit: z.boolean().optional(),
      }),
    }),
  ),
});
type FormCase = z.infer<typeof FormCases>['cases'][number];

export function checkFormCase(one: FormCase, template: Template, world: WorldData, calendar: Calendar): void {
  const org = orgOf(one.change === undefined ? world : changeWorld(world, one.change));
  const form = one.form as FormValues;
  const found = forecast(
    template,
    { personId: one.applicant, assignmentId: one.post ?? `${one.applicant}1`, form, chosen: {} },
    { today: one.today, org, calendar, absences: one.absences, balances: one.balances, choices: {} },
  );
  expectForecast(found, one.result, template, form, one.today);
}

function expectForecast(
  found: Forecast,
  then: FormCase['result'],
  template: Template,
  form: FormValues,
  today: string,
): void {
  const { answer, checked } = found;
  const { days } = answer.computed;
  const facts = factsOf(template, form, checked.values, { today, personName: () => '', file: () => null });
  const same = (name: string, actual: unknown, wanted: unknown): void => {
    if (wanted !== undefined) expect(actual, name).toEqual(wanted);
  };
  same('title', answer.title, then.title);
  same('days', days?.total ?? null, then.days);
  same(
    'strip',
    days?.strip.map((cell) => cell.weight),
    then.strip,
  );
  same('explanation', days?.explanation, then.explanation);
  same('note', checked.values['daysNote'], then.note);
  same('time', facts.find((fact) => fact.label === '时间')?.value, then.time);
  same('provisional', answer.computed.provisional, then.provisional);
  same('balance', answer.computed.balance?.words, then.balance);
  same('errors', notes(answer.fieldNotes, 'error'), then.errors);
  same('warns', notes(answer.fieldNotes, 'warn'), then.warns);
  same('infos', notes(answer.fieldNotes, 'info'), then.infos);
  same('required', answer.required, then.required);
  same('missing', checked.missing, then.missing);
  same(
    'path',
    answer.path.map((step) => `${step.stepKey} ${step.people.map((p) => p.name).join('、')}`),
    then.path,
  );
  same('estimate', answer.estimateWords, then.estimate);
  same('reasons', answer.reasons, then.reasons);
  same('canSubmit', answer.canSubmit, then.canSubmit);
  for (const [key, why] of Object.entries(then.why ?? {})) {
    expect(answer.path.find((step) => step.stepKey === key)?.why).toBe(why);
  }
  for (const [key, problem] of Object.entries(then.problems ?? {})) {
    expect(answer.path.find((step) => step.stepKey === key)?.problem).toBe(problem);
  }
  const people = answer.path.flatMap((step) => step.people);
  for (const [id, why] of Object.entries(then.personWhy ?? {})) {
    expect(people.find((p) => p.personId === id)?.why).toBe(why);
  }
  if (answer.canSubmit) expect(mustBeSubmittable(template, found).personId).toBe(found.applicant?.personId);
  else expect(() => mustBeSubmittable(template, found)).toThrow('approvals.cannot_submit');
}

function notes(all: readonly FieldNote[], tone: FieldNote['tone']): [string, string][] {
  return all.filter((note) => note.tone === tone).map((note) => [note.field, note.words]);
}
