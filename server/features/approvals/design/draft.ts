/** A template while it is being designed (contract.ts says what a draft may hold at all). */
import { DraftContent } from './contract.ts';

export { DraftContent };
export type DraftField = DraftContent['fields'][number];
export type DraftStep = DraftContent['steps'][number];

/** What a new template begins with; the checker tells what is missing. */
export function newDraft(head: {
  key: string;
  title: string;
  group: string;
  numberPrefix: string;
}): DraftContent {
  return {
    ...head,
    version: 1,
    icon: 'doc',
    hue: 'blue',
    titleWords: head.title,
    fields: [{ key: 'reason', type: 'paragraph', label: '事由', required: true, maxLength: 500 }],
    steps: [
      {
        key: 'head',
        kind: 'approve',
        title: '部门负责人',
        mode: 'any',
        refusal: 'FIRST_ACTION',
        allowWorkdays: 1,
        assignees: [
          { label: '部门负责人', by: { rule: 'unitHead', of: 'department', level: 1, take: 'first' } },
        ],
      },
    ],
  };
}
