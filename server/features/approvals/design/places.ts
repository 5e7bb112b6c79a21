/** Where in a draft something is: what the page scrolls to and lights. */
import type { DraftContent, DraftStep } from './draft.ts';
import { branchesIn, nodesOf } from './draft-tree.ts';

export interface Place {
  readonly part: 'template' | 'field' | 'step';
  /** Of the field or step; null for the template itself. */
  readonly key: string | null;
}

export const WHOLE: Place = { part: 'template', key: null };
export const atField = (key: string): Place => ({ part: 'field', key });
export const atStep = (key: string): Place => ({ part: 'step', key });

/** The place of a path like `fields.3.options.0.label`. */
export function placeOf(draft: DraftContent, path: readonly PropertyKey[]): Place {
  const [first, at] = path;
  const part = typeof at === 'number' ? at : -1;
  if (first === 'fields') return draft.fields[part] ? atField(draft.fields[part].key) : WHOLE;
  if (first === 'steps') return draft.steps[part] ? atStep(stepAt(draft, path).key) : WHOLE;
  return WHOLE;
}

/** "栏目“金额”", "步骤“部门负责人”", "模板". */
export function placeWords(draft: DraftContent, { part, key }: Place): string {
  if (part === 'field') return `栏目“${draft.fields.find((field) => field.key === key)?.label ?? ''}”`;
  if (part === 'step') return `步骤“${nodesOf(draft.steps).find((step) => step.key === key)?.title ?? ''}”`;
  return '模板';
}

/** The innermost step on a path like `steps.1.branches.0.steps.2.title`, and what of the path is left within it. */
export function stepAt(
  draft: DraftContent,
  path: readonly PropertyKey[],
): { readonly key: string; readonly rest: readonly PropertyKey[] } {
  let nodes: readonly DraftStep[] = draft.steps;
  let found = { key: '', rest: path };
  let at = 0;
  for (;;) {
    const node = path[at] === 'steps' ? nodes[Number(path[at + 1])] : undefined;
    if (node === undefined) return found;
    found = { key: node.key, rest: path.slice(at + 2) };
    if (path[at + 2] !== 'branches') return found;
    nodes = branchesIn(node)[Number(path[at + 3])]?.steps ?? [];
    at += 4;
  }
}
