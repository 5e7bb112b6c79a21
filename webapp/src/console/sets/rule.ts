/** A rule as the composer edits it and as a line of words. */
import type { Rule, Units } from './api.ts';
import { w } from './words.ts';

export interface RuleForm {
  /** `some`: only the units below, of which there must be one. */
  where: 'anywhere' | 'some';
  unitIds: string[];
  withSubunits: boolean;
  categories: NonNullable<Rule['categories']>;
  establishments: NonNullable<Rule['establishments']>;
  titles: string[];
  headsOnly: boolean;
}

export const formOf = (rule: Rule | null): RuleForm => ({
  where: rule?.unitIds ? 'some' : 'anywhere',
  unitIds: [...(rule?.unitIds ?? [])],
  withSubunits: rule?.withSubunits ?? true,
  categories: [...(rule?.categories ?? [])],
  establishments: [...(rule?.establishments ?? [])],
  titles: [...(rule?.titles ?? [])],
  headsOnly: rule?.headsOnly ?? false,
});

const listed = <T>(items: readonly T[]): T[] | null => (items.length === 0 ? null : [...items]);

/** Null while no unit is named where some are meant: that never means "any". */
export function ruleOf(form: RuleForm): Rule | null {
  if (form.where === 'some' && form.unitIds.length === 0) return null;
  return {
    unitIds: form.where === 'some' ? [...form.unitIds] : null,
    withSubunits: form.withSubunits,
    categories: listed(form.categories),
    establishments: listed(form.establishments),
    titles: listed(form.titles),
    headsOnly: form.headsOnly,
  };
}

/** `信息工程学院及下级；院内；职务 教师`; what a rule does not say is not said. */
export function ruleWords(rule: Rule, units: Units): string {
  const nameOf = (unitId: string): string => {
    const unit = units.find((each) => each.unitId === unitId);
    if (!unit || unit.name === '') return w.rule.goneUnit;
    return unit.dissolved ? w.rule.dissolved(unit.name) : unit.name;
  };
  const parts = [
    rule.unitIds && w.rule.inUnits(rule.unitIds.map(nameOf), rule.withSubunits),
    rule.categories?.map((each) => w.categories[each]).join('、'),
    rule.establishments?.map((each) => w.establishments[each]).join('、'),
    rule.titles && w.rule.withTitles(rule.titles),
    rule.headsOnly && w.rule.onlyHeads,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? w.rule.everybody : parts.join('；');
}

/** Staff numbers as they come out of a sheet or a message: lines, spaces, commas of any kind. */
export const numbersIn = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFKC')
      .split(/[\s,;、。]+/)
      .filter((part) => part !== ''),
  ),
];
