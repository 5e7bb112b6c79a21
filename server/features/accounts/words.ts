/** Chinese words of this room's codes. */
import { dateOf } from '../../kernel/dates.ts';
import type { AccountState, Act, Category, LeavingReason, RequestKind, RequestStatus } from './model.ts';

export const KIND_WORDS: Readonly<Record<RequestKind, string>> = {
  open: '开通',
  change: '变更',
  concurrentPost: '兼任',
  secondIn: '借调（借入）',
  secondOut: '借调（借出）',
  attach: '挂职',
  lock: '锁定',
  unlock: '解锁',
  cancel: '注销',
};

export const STATUS_WORDS: Readonly<Record<RequestStatus, string>> = {
  draft: '未报送',
  awaiting: '等人事编号',
  submitted: '待受理',
  returned: '退回补正',
  accepted: '已受理',
  executing: '办理中',
  done: '已办结',
  withdrawn: '已撤回',
};

export const STATE_WORDS: Readonly<Record<AccountState, string>> = {
  none: '未开通',
  opening: '开通中',
  open: '正常',
  locked: '锁定',
  cancelling: '停用，待注销',
  cancelled: '已注销',
};

export const ACT_WORDS: Readonly<Record<Act, string>> = {
  open: '开通',
  change: '变更',
  lock: '锁定',
  unlock: '解锁',
  disable: '停用',
  restore: '恢复',
  cancel: '注销',
};

export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  established: '在编',
  nonEstablished: '非在编',
  transferred: '调任或转任',
  attached: '挂职',
  seconded: '借调',
  other: '其他',
};

/** S3-3.1 to 3.7 in the order of the regulation. */
export const LEAVING_WORDS: Readonly<Record<LeavingReason, string>> = {
  retired: '退休',
  resigned: '辞职',
  deceased: '病故或意外死亡',
  dismissed: '开除公职',
  discharged: '辞退',
  leftDistrict: '调离本区（调任、转任、挂职、借调、遴选）',
  other: '其他',
};

/** "锁定，11-03 起": says since when, never why (H5). */
export const stateWords = (state: AccountState, sinceAt: number | null): string =>
  sinceAt === null || state === 'none'
    ? STATE_WORDS[state]
    : `${STATE_WORDS[state]}，${dateOf(sinceAt).slice(5)} 起`;

/** S3-1.1 to 1.4: for whom it was opened, from where and until when. */
export function openedForWords(
  category: Category | null,
  originUnit: string | null,
  untilOn: string | null,
): string | null {
  if (category === null) return null;
  return [
    CATEGORY_WORDS[category],
    ...(originUnit ? [`来自${originUnit}`] : []),
    ...(untilOn ? [`到 ${untilOn}`] : []),
  ].join('，');
}

export const titleOf = (kind: RequestKind, personName: string): string =>
  `${KIND_WORDS[kind]}账号：${personName}`;

/** Who did something: a person's name; a mechanism (`job:…`) has none that a reader could know. */
export const whoWords = (name: string): string => (/^[a-z]+:/.test(name) ? '系统自动' : name);
