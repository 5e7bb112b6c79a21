/** What is allowed and may still not be meant: told to the designer, keeping nothing from being published. */
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Comparison, Condition } from '../model/condition.ts';
import { conditionsOf, stepsOf } from '../template/plan.ts';
import type { Template, TemplateStep } from '../template/template.ts';
import type { DraftSurroundings, Fault, Mend } from './fault.ts';
import type { DraftContent } from './draft.ts';
import { atField, atStep, WHOLE, type Place } from './places.ts';

export function noticesOf(draft: DraftContent, template: Template, around: DraftSurroundings): Fault[] {
  return [
    ...emptyInCondition(draft, template),
    ...sameTwice(draft, template),
    ...namedPeople(template),
    ...prefixTaken(template, around),
  ];
}

const notice = (at: Place, words: string, mend?: Mend): Fault => ({
  severity: 'notice',
  at,
  words,
  ...(mend ? { mend } : {}),
});

function comparisonsOf(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  if ('not' in condition) return comparisonsOf(condition.not);
  return [condition];
}

/** A field that may stay empty takes no branch: what is not filled in compares with nothing. */
function emptyInCondition(draft: DraftContent, template: Template): Fault[] {
  const { fields } = template;
  const asked = conditionsOf(template).flatMap(comparisonsOf);
  const compared = new Set(
    asked.filter(({ op }) => op !== 'filled' && op !== 'empty').map(({ field }) => field),
  );
  return fields
    .filter(({ key, type, required }) => compared.has(key) && required === false && type !== 'formula')
    .map(({ key, label }) =>
      notice(atField(key), `条件用到“${label}”，但它可以不填；空着算不符合`, {
        words: '改成必填',
        content: {
          ...draft,
          fields: draft.fields.map((field) => (field.key === key ? { ...field, required: true } : field)),
        },
      }),
    );
}

function sameTwice(draft: DraftContent, { steps, dedupe }: Template): Fault[] {
  if (dedupe !== undefined && dedupe !== 'off') return [];
  // Of neighbours on the main line; those in branches may never meet.
  const human = steps.filter((node): node is TemplateStep => node.kind === 'approve');
  const again = human.find((step, at) => at > 0 && whoOf(step) === whoOf(human[at - 1]));
  return again
    ? [
        notice(atStep(again.key), `步骤“${again.title}”和上一步是同一些人，会连着收到两次`, {
          words: '相邻同一人只审一次',
          content: { ...draft, dedupe: 'consecutive' },
        }),
      ]
    : [];
}

const whoOf = (step: TemplateStep | undefined): string =>
  canonicalJson(step?.assignees.map(({ by }) => by) ?? null);

const namedPeople = (template: Template): Fault[] =>
  stepsOf(template)
    .filter(({ assignees }) => assignees.some(({ by }) => by.rule === 'named'))
    .map(({ key, title }) => notice(atStep(key), `步骤“${title}”写的是人名，换岗以后要再改；按岗位写就不用`));

function prefixTaken({ numberPrefix }: Template, { prefixes }: DraftSurroundings): Fault[] {
  const other = prefixes?.get(numberPrefix);
  return other === undefined
    ? []
    : [notice(WHOLE, `单号前缀 ${numberPrefix} 和“${other}”相同，两种申请的单号会连着编`)];
}
