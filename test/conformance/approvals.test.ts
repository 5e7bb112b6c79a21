/** Runs every published approval case; the format is told in README.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCalendar, type HolidayYear } from '../../server/kernel/workdays.ts';
import { AssigneeSpec, RuleSpec } from '../../server/features/approvals/template/assignee.ts';
import { checkTemplate } from '../../server/features/approvals/check/template.ts';
import { Condition, conditionWords, holds } from '../../server/features/approvals/model/condition.ts';
import { vocabulary } from '../../server/features/approvals/engine/explain.ts';
import { snapshot } from '../../server/features/approvals/model/org.ts';
import { resolveSeats } from '../../server/features/approvals/people/resolve.ts';
import { changeWorld, orgOf, WorldChange, WorldData } from '../../server/features/approvals/testing/world.ts';
import { EngineCases, playEngineCase } from './engine-case.ts';
import { checkFormCase, FormCases } from './form-case.ts';

const here = (name: string): URL => new URL(name, import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(here(name), 'utf8')) as unknown;

const world = z.object({ college: WorldData }).parse(read('worlds.json')).college;
const surroundings = {
  roles: ['hrHead', 'leaderInCharge', 'attendanceOfficer'],
  isPerson: (id: string) => orgOf(world).person(id)?.active ?? false,
};

interface Named {
  readonly id: string;
  readonly rules: readonly string[];
  readonly title: string;
}
const table = <C extends Named>(cases: readonly C[]): [string, C][] =>
  cases.map((one) => [`${one.rules.join(' ')} ${one.id}: ${one.title}`, one]);

function namesEachOnce(cases: readonly Named[], least: number): void {
  it(`holds at least ${String(least)} cases, each named once`, () => {
    expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(least);
  });
}

describe('approvals.json', () => {
  const { cases, templates } = EngineCases.parse(read('approvals.json'));
  namesEachOnce(cases, 260);
  it.each(table(cases))('%s', (_name, one) =>
    playEngineCase(one, templates[one.template] ?? { steps: [] }, world),
  );
});

describe('approvals-branches.json', () => {
  const { cases, templates } = EngineCases.parse(read('approvals-branches.json'));
  namesEachOnce(cases, 60);
  it.each(table(cases))('%s', (_name, one) =>
    playEngineCase(one, templates[one.template] ?? { steps: [] }, world),
  );
});

describe('approvals-assignees.json', () => {
  const Cases = z.strictObject({
    about: z.string(),
    cases: z.array(
      z.strictObject({
        id: z.string(),
        rules: z.array(z.string()),
        title: z.string(),
        ask: z.strictObject({
          applicant: z.string(),
          post: z.string(),
          label: z.string(),
          by: RuleSpec,
          fallback: z.array(RuleSpec).default([]),
          chosen: z.array(z.string()).default([]),
          change: WorldChange.optional(),
        }),
        result: z.strictObject({
          people: z.array(z.string()),
          missing: z.string().nullable(),
          why: z.string().optional(),
        }),
      }),
    ),
  });
  const { cases } = Cases.parse(read('approvals-assignees.json'));
  namesEachOnce(cases, 50);

  it.each(table(cases))('%s', (_name, { ask, result }) => {
    const org = orgOf(ask.change === undefined ? world : changeWorld(world, ask.change));
    const applicant = snapshot(org, ask.applicant, ask.post);
    if (applicant === null) throw new Error('unknown applicant');
    const spec = AssigneeSpec.parse({ label: ask.label, by: ask.by, fallback: ask.fallback });
    const resolve = () =>
      resolveSeats([spec], { org, applicant, stepKey: 'step', chosen: { step: ask.chosen }, values: {} });
    const seats = resolve();
    expect(seats.flatMap((seat) => seat.person?.personId ?? [])).toEqual(result.people);
    expect(seats.find((seat) => seat.person === null)?.missing ?? null).toBe(result.missing);
    if (result.why !== undefined) expect(seats[0]?.why).toBe(result.why);
    // R20: the same question, the same answer.
    for (let run = 0; run < 100; run += 1) expect(resolve()).toEqual(seats);
  });
});

describe('approvals-forms.json', () => {
  const { cases } = FormCases.parse(read('approvals-forms.json'));
  const leave = checkTemplate(
    parse(readFileSync(here('../../config/templates/leave.yaml'), 'utf8')),
    surroundings,
  );
  const holidays = here('../../config/holidays/');
  const years = readdirSync(holidays).map(
    (file) => JSON.parse(readFileSync(new URL(file, holidays), 'utf8')) as HolidayYear,
  );
  const calendar = createCalendar(years.filter((year) => year.year <= 2026));
  namesEachOnce(cases, 50);

  it('the shipped leave template has no faults', () => {
    expect(leave.faults).toEqual([]);
  });

  it.each(table(cases))('%s', (_name, one) => {
    if (leave.template === null) throw new Error('leave template');
    checkFormCase(one, leave.template, world, calendar);
  });
});

describe('approvals-templates.json', () => {
  const Cases = z.strictObject({
    about: z.string(),
    cases: z.array(
      z.strictObject({
        id: z.string(),
        rules: z.array(z.string()),
        title: z.string(),
        template: z.unknown().optional(),
        condition: Condition.optional(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
        result: z.strictObject({
          faults: z.array(z.string()).optional(),
          holds: z.boolean().optional(),
          words: z.string().optional(),
        }),
      }),
    ),
  });
  const { cases } = Cases.parse(read('approvals-templates.json'));
  namesEachOnce(cases, 40);
  const good = checkTemplate(cases.find((one) => one.id === 'good')?.template).template;

  it.each(table(cases.filter((one) => one.condition === undefined)))('%s', (_name, one) => {
    const { template, faults } = checkTemplate(one.template, surroundings);
    expect(faults).toEqual(one.result.faults);
    expect(template === null).toBe(faults.length > 0);
  });

  it.each(table(cases.filter((one) => one.condition !== undefined)))('%s', (_name, one) => {
    expect(holds(one.condition, one.values)).toBe(one.result.holds);
    if (good === null || one.condition === undefined || one.result.words === undefined) return;
    expect(conditionWords(one.condition, vocabulary(good, one.values))).toBe(one.result.words);
  });
});
