/** Conditions as the builder shows them: comparisons joined by all or any. */
import type { Field, Part } from './tree.ts';

export const OPS = ['>', '>=', '<', '<=', '=', '!=', 'filled', 'empty'] as const;

export interface Test {
  readonly field: string;
  readonly op: string;
  readonly value?: unknown;
}

const isTest = (part: unknown): part is Test =>
  typeof part === 'object' &&
  part !== null &&
  'field' in part &&
  'op' in part &&
  (OPS as readonly unknown[]).includes(part.op);

/** Null for what nests deeper than the builder shows. */
export function readCondition(value: unknown): { join: 'all' | 'any'; tests: Test[] } | null {
  if (value === undefined || value === null) return { join: 'all', tests: [] };
  if (isTest(value)) return { join: 'all', tests: [value] };
  const { all, any } = value as Part;
  const parts = all ?? any;
  if (!Array.isArray(parts) || !parts.every(isTest)) return null;
  return { join: any === undefined ? 'all' : 'any', tests: parts };
}

export function writeCondition(tests: readonly Test[], join: 'all' | 'any'): unknown {
  const [first] = tests;
  const written = tests.map(({ field, op, value }) =>
    op === 'filled' || op === 'empty' ? { field, op } : { field, op, value: value ?? '' },
  );
  if (first !== undefined && tests.length === 1) return written[0];
  return { [join]: written };
}

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
