/** Formula fields of a form: reckoned from its good values, never taken from what was sent. */
import type { FieldNote, FormValues } from '../contract.ts';
import { figureWords, numberOf, stepsOf } from '../fields/figure-words.ts';
import { readFormula, reckon, type Result } from '../fields/formula.ts';
import type { Fraction } from '../fields/fraction.ts';
import { MAX_FEN } from '../fields/money-in-characters.ts';
import { exactOf, summed, sumOf } from '../fields/table.ts';
import { valueOf } from './fields.ts';
import type { FieldOf, TemplateField } from '../fields/controls.ts';
import type { Template } from '../template/template.ts';

type FormulaField = FieldOf<'formula'>;

export interface Reckoned {
  readonly field: FormulaField;
  /** For conditions; yuan where it is an amount. */
  readonly value: number;
  readonly words: string;
}

/** What formulas may name, and how each is valued in a form. */
export function operandsOf({ fields }: Pick<Template, 'fields'>): ReadonlyMap<string, Operand> {
  return new Map(fields.flatMap((field) => operands(field)));
}

interface Operand {
  readonly field: string;
  readonly valueIn: (form: FormValues) => Fraction | null;
}

function operands(field: TemplateField): [string, Operand][] {
  if (field.type === 'number' || field.type === 'money')
    return [[field.key, { field: field.key, valueIn: (form) => exactOf(field, valueOf(form, field.key)) }]];
  if (field.type !== 'table') return [];
  return summed(field).map((column) => [
    `${field.key}.${column.key}`,
    { field: field.key, valueIn: (form) => sumOf(column, valueOf(form, field.key)) },
  ]);
}

export interface FormulasOf {
  readonly reckoned: readonly Reckoned[];
  readonly notes: readonly FieldNote[];
}

export function formulasOf(template: Template, form: FormValues, good: ReadonlySet<string>): FormulasOf {
  const known = operandsOf(template);
  const reckoned: Reckoned[] = [];
  const notes: FieldNote[] = [];
  for (const field of template.fields) {
    if (field.type !== 'formula') continue;
    const reading = readFormula(field.expression);
    // The checker of templates lets no other through; without a tree there is nothing to say.
    if (!reading.ok) continue;
    const result = reckon(reading.expression, (name) => {
      const operand = known.get(name);
      return operand !== undefined && good.has(operand.field) ? operand.valueIn(form) : null;
    });
    const one = reckonedOf(field, result);
    if (typeof one === 'string') notes.push({ field: field.key, tone: 'error', words: one });
    else if (one !== null) reckoned.push(one);
  }
  return { reckoned, notes };
}

/** The number and its words; null: something is not filled in yet; a text: why there is no number. */
function reckonedOf(field: FormulaField, result: Result): Reckoned | string | null {
  if (result === 'missing') return null;
  if (result === 'zero') return `${field.label}算不出来：除数是 0。`;
  const decimals = decimalsOf(field);
  const value = numberOf(result, decimals);
  const isTooBig = value === null || (field.as === 'money' && Math.abs(stepsOf(result, 2) ?? 0) > MAX_FEN);
  if (isTooBig) return `${field.label}算出来太大，请核对所填的数。`;
  return { field, value, words: figureWords(result, kindOf(field)) };
}

export const decimalsOf = ({ as, decimals }: FormulaField): number => (as === 'money' ? 2 : decimals);

/** How the number of a formula is written. */
export const kindOf = (field: FormulaField) =>
  field.as === 'money'
    ? ({ type: 'money' } as const)
    : ({
        type: 'number',
        decimals: field.decimals,
        ...(field.unit === undefined ? {} : { unit: field.unit }),
      } as const);
