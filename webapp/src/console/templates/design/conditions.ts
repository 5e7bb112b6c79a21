/** Conditions as the builder shows them: comparisons, and groups of them in groups. */
import type { Field, Part } from './tree.ts';

export const OPS = ['>', '>=', '<', '<=', '=', '!=', 'in', 'notIn', 'filled', 'empty'] as const;
const ALONE = ['filled', 'empty'];
const LISTS = ['in', 'notIn'];

export interface Test {
  readonly field: string;
  readonly op: string;
  readonly value?: unknown;
}

/** all: every one holds. any: one of them does. `not`: and the whole is turned round. */
export interface Group {
  readonly join: 'all' | 'any';
  readonly not: boolean;
  readonly parts: readonly Piece[];
}
export type Piece = Test | Group;

/** Groups in groups in the condition; deeper ones are shown and not added to. */
export const MOST_DEEP = 3;

export const isGroup = (piece: Piece): piece is Group => 'parts' in piece;
export const takesNoValue = (op: string): boolean => ALONE.includes(op);
export const takesList = (op: string): boolean => LISTS.includes(op);

const isTest = (part: unknown): part is Test =>
  typeof part === 'object' &&
  part !== null &&
  'field' in part &&
  'op' in part &&
  (OPS as readonly unknown[]).includes(part.op);

const EMPTY: Group = { join: 'all', not: false, parts: [] };

/** Null for what is no condition. */
export function readCondition(value: unknown): Group | null {
  if (value === undefined || value === null) return EMPTY;
  const piece = readPiece(value);
  if (piece === null) return null;
  return isGroup(piece) ? piece : { ...EMPTY, parts: [piece] };
}

function readPiece(value: unknown): Piece | null {
  if (isTest(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  const { all, any, not } = value as Part;
  if (not !== undefined) return turned(readPiece(not));
  const list = all ?? any;
  if (!Array.isArray(list)) return null;
  const parts = list.flatMap((one) => readPiece(one) ?? []);
  return parts.length < list.length ? null : { join: any === undefined ? 'all' : 'any', not: false, parts };
}

function turned(piece: Piece | null): Group | null {
  if (piece === null) return null;
  return isGroup(piece) && !piece.not ? { ...piece, not: true } : { join: 'all', not: true, parts: [piece] };
}

/** A group of one says no more than that one. */
export function writeCondition({ join, not, parts }: Group): unknown {
  const written = parts.map((piece) => (isGroup(piece) ? writeCondition(piece) : writeTest(piece)));
  const whole = written.length === 1 ? written[0] : { [join]: written };
  return not ? { not: whole } : whole;
}

const writeTest = ({ field, op, value }: Test): object =>
  takesNoValue(op) ? { field, op } : { field, op, value: value ?? (takesList(op) ? [] : '') };

/** With another relation the value stays as far as it fits. */
export function withOp(test: Test, op: string): Test {
  const { field, value } = test;
  if (takesNoValue(op)) return { field, op };
  if (takesList(op)) return { field, op, value: listOf(value) };
  return { field, op, value: Array.isArray(value) ? (value[0] ?? '') : (value ?? '') };
}

export const listOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value as unknown[];
  return value === undefined || value === '' ? [] : [value];
};

/** The comparison one most likely means for a field of this type. */
export function testOf(key: string, field: Field | null): Test {
  if (field?.type === 'multi') return { field: key, op: '=', value: true };
  if (field?.type === 'select' || field?.type === 'leaveType') {
    const [option] = Array.isArray(field['options']) ? (field['options'] as Part[]) : [];
    return { field: key, op: '=', value: option?.['value'] ?? '' };
  }
  if (field === null || ['number', 'money', 'formula', 'dateRange'].includes(field.type))
    return { field: key, op: '>', value: 0 };
  return { field: key, op: 'filled' };
}
