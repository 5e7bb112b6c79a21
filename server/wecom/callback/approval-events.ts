import type { ApprovalChanged } from './event-types.ts';
import { FieldFault, integer, optionalId, text } from './fields.ts';

/**
 * What sys_approval_change is about (page 91815). Only which form and what happened is taken: an event is a hint, the
 * form itself is read from the API (rule D10), so late and repeated ones do no harm.
 */
export interface NativeChange {
  /** Digits. */
  readonly number: string;
  /** 1 running, 2 approved, 3 rejected, 4 withdrawn, 6 revoked afterwards, 7 deleted, 10 paid. */
  readonly status: number;
  readonly templateId: string;
  /** 1 handed in, 2 agreed, 3 rejected, 4 handed on, 5 urged, 6 withdrawn, 8 revoked, 10 comment, 11 sent back … */
  readonly change: number;
}

/** @returns null for the flows of apps of one's own. @throws FieldFault when it does not say which form */
export function nativeChangeOf({ name, info }: ApprovalChanged): NativeChange | null {
  if (name !== 'sys_approval_change') return null;
  // The text form is exact; the number may have lost digits above 2^53 on its way, and is not always sent.
  const number = optionalId(info, 'SpNoStr') ?? optionalId(info, 'SpNo');
  if (number === null || !/^\d{1,32}$/.test(number)) throw new FieldFault('SpNoStr');
  return {
    number,
    status: integer(info, 'SpStatus'),
    templateId: text(info, 'TemplateId'),
    change: integer(info, 'StatuChangeEvent'),
  };
}
