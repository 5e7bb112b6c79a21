import { AppError, type ErrorData, refused } from '../../../kernel/errors.ts';

/** Why a source could not be read. Words in phrases/hr-sources.ts; never a secret, never a value of a row. */
export const trouble = (code: string, data: ErrorData = {}): AppError => refused(`hr.source_${code}`, data);

/** These may be gone in a few minutes, so they are tried again before anybody is told. */
const PASSING = new Set(
  ['unreachable', 'timeout', 'busy', 'changed_meanwhile'].map((what) => `hr.source_${what}`),
);

export const isPassing = (code: string): boolean => PASSING.has(code);
