/** Words of states as every page, sheet and message says them. */
import type { CaseState } from './contract.ts';
import { PENDING, type Seat, type Step } from './form.ts';

export const STATE_WORDS: Readonly<Record<CaseState, string>> = {
  running: '审批中',
  approved: '已通过',
  rejected: '已驳回',
  withdrawn: '已撤销',
  revoked: '通过后撤销',
  deleted: '已删除',
  unreadable: '读不到',
};

export const KIND_WORDS: Readonly<Record<Step['kind'], string>> = {
  approve: '审批',
  copy: '抄送',
  handle: '办理',
};

export const MODE_WORDS: Readonly<Record<Step['mode'], string>> = {
  all: '会签',
  any: '或签',
  sequential: '依次审批',
};

const SEAT_WORDS: Readonly<Record<number, string>> = {
  2: '已同意',
  3: '已驳回',
  4: '已转审',
  11: '已退回',
  12: '已加签',
  13: '已同意并加签',
  14: '已办理',
  15: '已转交',
};

type Tone = 'now' | 'good' | 'bad' | 'plain' | 'later';

/** @param holds whose turn it is */
export function seatWords(
  { kind }: Pick<Step, 'kind'>,
  seat: Pick<Seat, 'status'>,
  holds: boolean,
): { stateWords: string; tone: Tone } {
  if (kind === 'copy') return { stateWords: '抄送', tone: 'plain' };
  if (holds) return { stateWords: '等待处理', tone: 'now' };
  if (seat.status === PENDING) return { stateWords: '未处理', tone: 'later' };
  const tone = [3, 11].includes(seat.status) ? 'bad' : [2, 13, 14].includes(seat.status) ? 'good' : 'plain';
  return { stateWords: SEAT_WORDS[seat.status] ?? '其他', tone };
}
