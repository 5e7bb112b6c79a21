import type { EventKind, SealKind, UseState } from './contract.ts';

export const KIND_WORDS: Readonly<Record<SealKind, string>> = {
  official: '公章',
  contract: '合同专用章',
  finance: '财务专用章',
  legal: '法定代表人名章',
  unit: '部门章',
  other: '其他',
};

export const STATE_WORDS: Readonly<Record<UseState, string>> = {
  approved: '待盖章',
  partly: '已盖部分',
  closed: '已办结',
  void: '已作废',
};

/** Out goes before everything else. */
export const stateWords = (state: UseState, isOut: boolean): string =>
  isOut ? '外借中' : STATE_WORDS[state];

export function eventTitle(kind: EventKind, byName: string, copies: number | null): string {
  const titles: Readonly<Record<EventKind, string>> = {
    opened: '审批通过，记入用印台账',
    stamped: `${byName}登记盖章 ${copies ?? 0} 份`,
    closed: `${byName}办结，其余不再盖`,
    voided: `${byName}作废`,
    released: `${byName}撤销申请`,
    checkedOut: `${byName}交出印章`,
    givenBack: `${byName}收回印章`,
  };
  return titles[kind];
}

/** One line for the request's own page: 待盖章 0/3 份. */
export const progressWords = (state: UseState, isOut: boolean, stamped: number, approved: number): string =>
  `${stateWords(state, isOut)}，已盖 ${stamped}/${approved} 份`;
