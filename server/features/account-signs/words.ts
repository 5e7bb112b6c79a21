import type { Answer, CheckState, SignKind, SignSource } from './contract.ts';
import type { EventKind } from './engine.ts';

export const STATE_WORDS: Readonly<Record<CheckState, string>> = {
  open: '待核对',
  reported: '已上报',
  ended: '已办结',
};

const SOURCE_WORDS: Readonly<Record<SignSource, string>> = {
  signIn: '登录本系统',
  newDevice: '企业微信记录新设备登录',
  newMobile: '企业微信记录换了手机号',
  newWeChat: '企业微信记录换绑了微信',
  record: '档案里换了手机号',
};

export const signWords = (kind: SignKind, source: SignSource): string => {
  if (source !== 'signIn') return SOURCE_WORDS[source];
  return kind === 'device' ? '用没用过的设备类型登录本系统' : '很久没用后又登录本系统';
};

export const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  self: '本人仍在使用',
  handedOn: '已转他人使用',
  unclear: '不清楚，已联系本人',
};

export const EVENT_WORDS: Readonly<Record<EventKind, string>> = {
  raised: '系统请人核对',
  ...ANSWER_WORDS,
  settled: '处理完毕',
  locked: '账号已锁定，不用再核对',
  left: '本人已离开，不用再核对',
};
