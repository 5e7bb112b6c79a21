/** What may be decided about a photo, and in which words. Pure. */
import { conflict } from '../../../kernel/errors.ts';
import type { PhotoEventKind, PhotoState, Reason } from './contract.ts';

export const STATE_WORDS: Readonly<Record<PhotoState, string>> = {
  waiting: '待核对',
  accepted: '合格',
  rejected: '已退回',
};

const REASON_WORDS: Readonly<Record<Reason, string>> = {
  notId: '不是证件照',
  notSelf: '不是本人',
  blurred: '模糊',
  covered: '有遮挡',
  other: '其他原因',
};

export interface Why {
  readonly reason: Reason | null;
  readonly why: string | null;
}

/** Null: it was not rejected. */
export const whyWords = ({ reason, why }: Why): string | null =>
  reason === null ? null : (why ?? REASON_WORDS[reason]);

export function eventWords(kind: PhotoEventKind, why: Why): string {
  switch (kind) {
    case 'uploaded':
      return '上传';
    case 'accepted':
      return '合格';
    case 'rejected':
      return `退回：${whyWords(why) ?? ''}`;
    case 'erased':
      return why.reason === null ? '离开后照片已按保存期限删除' : '退回的照片已按保存期限删除';
  }
}

export interface Standing extends Why {
  readonly state: PhotoState;
  readonly uploadedAt: number;
}

export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject'; readonly reason: Reason; readonly why: string | null };

export interface Decided extends Why {
  readonly state: 'accepted' | 'rejected';
  readonly decidedAt: number;
}

/**
 * A verdict may be taken back by the other one, and is for the picture that was seen.
 * @throws conflict `corrections.photo_replaced`, `corrections.photo_decided`: it is so already
 */
export function judge(
  { state, uploadedAt }: Standing,
  seenUploadedAt: number,
  verdict: Verdict,
  now: number,
): Decided {
  if (uploadedAt !== seenUploadedAt) throw conflict('corrections.photo_replaced');
  const next: Decided =
    verdict.kind === 'accept'
      ? { state: 'accepted', reason: null, why: null, decidedAt: now }
      : { state: 'rejected', reason: verdict.reason, why: verdict.why, decidedAt: now };
  if (next.state === state) throw conflict('corrections.photo_decided');
  return next;
}
