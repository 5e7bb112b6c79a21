/** A filled form as lines of text, for the copy of one's own data: everything one wrote, numbers in full. */
import { dateOf } from '../../../kernel/dates.ts';
import type { FieldValue } from '../contract.ts';
import { keptIn } from '../fields/signature.ts';
import { cellsOf } from '../fields/table.ts';
import { fieldWords, nameThenOf } from '../form/words.ts';
import { isEmpty, valueOf } from '../form/fields.ts';
import type { InstanceState } from '../model/state.ts';
import type { Secrets } from '../form/set-aside.ts';
import { isFiles, isSignature, type TemplateField } from '../fields/controls.ts';
import type { Template } from '../template/template.ts';

export function answersOf(
  { fields }: Pick<Template, 'fields'>,
  { form, values, submittedAt }: Pick<InstanceState, 'form' | 'values' | 'submittedAt'>,
  secrets: Secrets,
): string {
  const sources = { today: dateOf(submittedAt), personName: () => null, nameThen: nameThenOf(values) };
  const lineOf = (field: TemplateField, value: FieldValue): string => {
    if (field.type === 'idNumber') return secrets.get(field.key) ?? String(value);
    const signature = isSignature(field) ? keptIn(value) : null;
    if (signature !== null) return `${signature.name} ${fieldWords(field, value, sources)}`;
    if (field.type === 'phone') return String(value);
    if (isFiles(field)) return `${String(Array.isArray(value) ? value.length : 0)} 个文件`;
    if (field.type === 'table')
      return cellsOf(field, value, (column, cell) => fieldWords(column, cell, sources))
        .map((cells) => cells.join('，'))
        .join('；');
    // An id whose name was not kept: requests from before names were.
    return fieldWords(field, value, sources) || String(value);
  };
  return fields
    .flatMap((field) => {
      const value = valueOf(form, field.key);
      return value === undefined || isEmpty(value) ? [] : [`${field.label}：${lineOf(field, value)}`];
    })
    .join('\n');
}
