import { words as w } from '../../../phrases/accounts.ts';
import { t } from '../../../phrases/zh-CN.ts';
import { dayWords } from '../../../ui/format.ts';
import { fieldsInSight, type AccountField } from '../form/fields.ts';
import { changesOf, isBlank, isLetter, namesOf, textOf, valuesOf, type FormValue } from '../form/values.ts';
import type { RequestAnswer } from '../shapes.ts';

export interface FactRow {
  readonly label: string;
  readonly lines: readonly string[];
}

interface Names {
  readonly units: Readonly<Record<string, string>>;
  readonly systems: Readonly<Record<string, string>>;
}

/** The form as it reads: what is blank is left out. */
export function factRows({ kind, filled, eventOn }: RequestAnswer, names: Names): FactRow[] {
  const values = valuesOf(filled);
  const rows = fieldsInSight(kind, values).flatMap((field): FactRow[] => {
    const value = values[field.key];
    const lines = value === undefined || isBlank(value) ? [] : linesOf(field, value, names);
    return lines.length === 0 ? [] : [{ label: field.label, lines }];
  });
  // A draft may lack its day; then the clock counts from the day of its making.
  return rows.length > 0 ? rows : [{ label: w.fields.from, lines: [dayWords(eventOn)] }];
}

function linesOf(field: AccountField, value: FormValue, names: Names): readonly string[] {
  switch (field.type) {
    case 'choice':
      return [field.choices.find((choice) => choice.value === value)?.label ?? textOf(value)];
    case 'date':
      return [dayWords(textOf(value))];
    case 'unit':
      return [names.units[textOf(value)] ?? ''].filter(Boolean);
    case 'systems':
      return [
        namesOf(value)
          .map((code) => names.systems[code] ?? code)
          .join('、'),
      ];
    case 'changes':
      return changesOf(value).map(({ item, before, after }) => `${item}：${before || '—'} → ${after || '—'}`);
    case 'letter':
      return isLetter(value) ? [letterWords(value.number, value.fileId !== null)] : [];
    case 'yesNo':
      return [value === true ? w.report.yes : w.report.no];
    case 'lock':
      return [];
    case 'text':
    case 'paragraph':
      return [textOf(value)];
  }
}

export const letterWords = (number: string, hasFile: boolean): string =>
  [number, hasFile ? w.request.withFile : ''].filter(Boolean).join(t.common.dot);
