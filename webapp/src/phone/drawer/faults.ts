import type { FaultRequest, FaultView } from '../../../../server/sandbox/contract.ts';
import { lengthWords } from '../model/time.ts';
import { words } from '../words.ts';

export interface FaultButton {
  id: string;
  name: string;
  /** What it does and what the system should do about it. */
  why: string;
  /** Shown under 发生了什么 too. */
  first: boolean;
  /** Over at once: nothing stays active. */
  instant: boolean;
  request: (userid: string | null) => FaultRequest;
}

export const faultButtons: readonly FaultButton[] = [
  {
    id: 'down',
    name: '企业微信停 10 分钟',
    why: '所有接口都连不上。决定照样有效，卡片在恢复后补发。',
    first: true,
    instant: false,
    request: () => ({ kind: 'down', minutes: 10 }),
  },
  {
    id: 'duplicate',
    name: '同一次点击送 3 遍',
    why: '下一次回调会到 3 遍。只能算 1 次，三次回答一样。',
    first: true,
    instant: false,
    request: () => ({ kind: 'duplicate_callbacks', times: 3, calls: 1 }),
  },
  {
    id: 'token',
    name: '令牌失效',
    why: '现有令牌马上作废。下一次调用得到 40014，换新令牌后重来一次。',
    first: true,
    instant: true,
    request: () => ({ kind: 'invalidate_tokens', afterCalls: 0 }),
  },
  {
    id: 'rate',
    name: '限频 45009',
    why: '1 分钟内发消息都被限频。消息排队，窗口过后再发。',
    first: true,
    instant: false,
    request: () => ({ kind: 'rate_limit', apis: ['message/'], minutes: 1 }),
  },
  {
    id: 'silent',
    name: '悄悄丢消息',
    why: '接口说发成功了，但你现在扮演的人 10 分钟内看不到。待办里仍然有。',
    first: true,
    instant: false,
    request: (userid) => ({
      kind: 'silent_drop',
      minutes: 10,
      ...(userid === null ? {} : { userids: [userid] }),
    }),
  },
  {
    id: 'slow',
    name: '慢回应',
    why: '5 分钟内每个接口都多等 3 秒。手机上的回答不该跟着变慢。',
    first: false,
    instant: false,
    request: () => ({ kind: 'slow', ms: 3000, minutes: 5 }),
  },
  {
    id: 'lost-answer',
    name: '丢回应',
    why: '接下来 3 次调用办成了，但回应在路上丢了。不能因此发两张卡片。',
    first: false,
    instant: false,
    request: () => ({ kind: 'drop_after', calls: 3 }),
  },
  {
    id: 'busy',
    name: '系统繁忙 −1',
    why: '接下来 3 次调用得到 −1。稍后再试就好，不惊动人。',
    first: false,
    instant: false,
    request: () => ({ kind: 'busy', calls: 3 }),
  },
  {
    id: 'late',
    name: '回调晚到',
    why: '接下来 2 次点击晚 8 秒才送到。晚到也只能算 1 次。',
    first: false,
    instant: false,
    request: () => ({ kind: 'late_callbacks', ms: 8000, calls: 2 }),
  },
];

/** The button that set a fault: by kind, since the same kind is only offered once. */
export const buttonOf = (fault: FaultView): FaultButton | undefined =>
  faultButtons.find((button) => button.request(null).kind === fault.kind);

export const faultName = (fault: FaultView): string => buttonOf(fault)?.name ?? fault.kind;

/**
 * How long it stays: minutes of the sandbox's clock, calls, or until stopped.
 *
 * @param now the sandbox's clock, epoch ms
 */
export function leftWords(fault: FaultView, now: number): string {
  if (fault.until !== null) return words.faults.left(lengthWords(fault.until - now));
  if (fault.callsLeft !== null) return words.faults.calls(fault.callsLeft);
  return words.faults.until;
}

/** Faults that still do something. One that is over may stand in the list until the next event. */
export const activeFaults = (faults: readonly FaultView[], now: number): FaultView[] =>
  faults.filter((fault) => (fault.until === null || fault.until > now) && fault.callsLeft !== 0);
