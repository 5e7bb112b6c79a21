/** Where in a draft something is: what the page scrolls to and lights. */
import type { DraftContent } from './draft.ts';

export interface Place {
  readonly part: 'template' | 'field' | 'step';
  /** Of the field or step; null for the template itself. */
  readonly key: string | null;
}

export const WHOLE: Place = { part: 'template', key: null };
export const atField = (key: string): Place => ({ part: 'field', key });
export const atStep = (key: string): Place => ({ part: 'step', key });

/** The place of a path like `fields.3.options.0.label`. */
export function placeOf(draft: DraftContent, [first, at]: readonly PropertyKey[]): Place {
  const part = typeof at === 'number' ? at : -1;
  if (first === 'fields') return draft.fields[part] ? atField(draft.fields[part].key) : WHOLE;
  if (first === 'steps') return draft.steps[part] ? atStep(draft.steps[part].key) : WHOLE;
  return WHOLE;
}

/** "栏目“金额”", "步骤“部门负责人”", "模板". */
export function placeWords(draft: DraftContent, { part, key }: Place): string {
  if (part === 'field') return `栏目“${draft.fields.find((field) => field.key === key)?.label ?? ''}”`;
  if (part === 'step') return `步骤“${draft.steps.find((step) => step.key === key)?.title ?? ''}”`;
  return '模板';
}
