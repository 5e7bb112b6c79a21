/** What deciders changed in the form, and what that took out of the foretold path (R24, R40). */
import type { FieldValue, TimelineRow } from '../contract.ts';
import type { InstanceState } from '../model/state.ts';
import { row } from './row.ts';

export interface EditWords {
  /** A field's value as the page shows it; "空" where there is none. */
  readonly valueWords: (key: string, value: FieldValue) => string;
  readonly hidden: ReadonlySet<string>;
  /** Whether the reason of this step would tell what is hidden. */
  readonly tells: (stepKey: string) => boolean;
}

export function editRows(state: InstanceState, words: EditWords): TimelineRow[] {
  const { edits = [], skipped } = state;
  return [
    ...edits.flatMap(({ editId, at, by, version, changes }) => {
      const shown = changes.filter(({ key }) => !words.hidden.has(key));
      if (shown.length === 0) return [];
      const lines = shown.map(
        ({ key, label, before, after }) =>
          `${label}：${words.valueWords(key, before)} → ${words.valueWords(key, after)}`,
      );
      const stateWords = `第 ${String(version)} 版`;
      return [
        row(editId, 'comment', 'done', {
          name: by.name,
          role: '修改表单',
          stateWords,
          at,
          comment: lines.join('\n'),
        }),
      ];
    }),
    ...skipped.flatMap(({ stepKey, title, round, at, why, foretold }) =>
      foretold === undefined
        ? []
        : [
            row(`lost-${stepKey}-${String(round)}`, 'passed', 'skipped', {
              name: '系统',
              role: title,
              stateWords: '修改后不再需要',
              at,
              why: words.tells(stepKey) ? null : why,
            }),
          ],
    ),
  ];
}
