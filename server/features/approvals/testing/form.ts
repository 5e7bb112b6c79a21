/** A form of any fields, checked as while it is filled in. */
import { readFileSync } from 'node:fs';
import { createCalendar, type HolidayYear } from '../../../kernel/workdays.ts';
import { checkTemplate } from '../check/template.ts';
import { factsOf } from '../views/facts.ts';
import { checkForm, type CheckedForm, type FormContext } from '../form/form.ts';
import type { Fact, FormValues } from '../contract.ts';
import { Template } from '../template/template.ts';
import { BASICS } from './template.ts';
import { orgOf, WorldData } from './world.ts';

export const TODAY = '2026-11-23';

const year = JSON.parse(readFileSync('config/holidays/2026.json', 'utf8')) as HolidayYear;
export const calendar = createCalendar([year]);

export const org = orgOf(
  WorldData.parse({
    units: [
      { id: 'school', name: '海州职业技术学院', parent: null, kind: 'institution' },
      { id: 'it', name: '信息工程学院', parent: 'school', kind: 'department' },
      { id: 'lab', name: '网络教研室', parent: 'it', kind: 'office' },
    ],
    people: [
      { id: 'zhang', name: '张老师' },
      { id: 'chen', name: '陈主任' },
    ],
    posts: [
      { id: 'zhang1', person: 'zhang', unit: 'lab', title: '教师' },
      { id: 'chen1', person: 'chen', unit: 'it', title: '主任', head: 1 },
    ],
  }),
);

/** A template as its designer writes it, with these fields and one step. */
export const sourceOf = (fields: readonly object[], more: object = {}): object => ({
  ...BASICS,
  key: 'trip',
  fields,
  steps: [
    {
      key: 'head',
      kind: 'approve',
      title: '负责人',
      mode: 'all',
      refusal: 'FAIL_FAST',
      assignees: [{ label: '负责人', by: { rule: 'unitHead', level: 1 } }],
    },
  ],
  ...more,
});

export const templateOf = (fields: readonly object[], more: object = {}): Template =>
  Template.parse(sourceOf(fields, more));

export const templateFaults = (fields: readonly object[], more: object = {}): readonly string[] =>
  checkTemplate(sourceOf(fields, more)).faults;

export const check = (template: Template, form: FormValues, more: Partial<FormContext> = {}): CheckedForm =>
  checkForm(template, form, {
    today: TODAY,
    org,
    applicantId: 'zhang',
    unitId: 'it',
    calendar,
    absences: [],
    balances: {},
    choices: {},
    ...more,
  });

/** What is wrong with the value of the one field there is; null when it is good. */
export function faultOf(field: object, value: unknown, more: Partial<FormContext> = {}): string | null {
  const template = templateOf([{ key: 'it', label: '栏目', ...field }]);
  const found = check(template, { it: value } as FormValues, more);
  return found.fieldNotes.find(({ tone }) => tone === 'error')?.words ?? null;
}

/** As the page shows the one field there is. */
export function factOf(field: object, value: unknown): Fact | undefined {
  const template = templateOf([{ key: 'it', label: '栏目', ...field }]);
  const form = { it: value } as FormValues;
  return factsOf(template, form, check(template, form).values, {
    today: TODAY,
    personName: (id) => org.person(id)?.name ?? null,
    file: () => null,
  })[0];
}
