/** The fields the viewer's step may change, as the page draws them (R40). */
import { dateOf } from '../../../kernel/dates.ts';
import type { FileBrief, InstanceAnswer, PersonBrief } from '../contract.ts';
import { fieldVersion, rightAt } from '../engine/form-edits.ts';
import { idsOf, valueOf } from '../form/fields.ts';
import type { InstanceState } from '../model/state.ts';
import { fieldAnswer } from './template.ts';
import type { Template } from '../template/template.ts';

interface Sources {
  readonly now: number;
  readonly files: readonly FileBrief[];
  readonly personBrief: (personId: string) => PersonBrief | null;
}

/** Null where the step changes nothing. */
export function editingOf(
  template: Template,
  state: InstanceState,
  stepKey: string,
  { now, files, personBrief }: Sources,
): InstanceAnswer['editing'] {
  const open = template.fields.filter(({ key }) => rightAt(template, stepKey, key) === 'edit');
  if (open.length === 0) return null;
  const fields = open.map((field) => ({
    field: fieldAnswer(field, {}, dateOf(now).slice(0, 4), {}),
    value: valueOf(state.form, field.key) ?? null,
    version: fieldVersion(state, field.key),
  }));
  const held = new Set(fields.flatMap(({ value }) => idsOf(value)));
  return {
    fields,
    people: fields.flatMap(({ field, value }) => {
      const found = field.type === 'person' && typeof value === 'string' ? personBrief(value) : null;
      return found === null ? [] : [found];
    }),
    files: files.filter(({ fileId }) => held.has(fileId)),
    unitId: state.applicant.unitId,
  };
}
