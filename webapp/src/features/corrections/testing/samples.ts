import type { Correction, FieldItem, FieldsAnswer } from '../api.ts';

const field = (part: Partial<FieldItem> & Pick<FieldItem, 'field' | 'label'>): FieldItem => ({
  kind: 'text',
  isPersonal: false,
  ownerName: '人事处',
  present: null,
  openId: null,
  ...part,
});

export const fields: FieldsAnswer = {
  answerWorkdays: 3,
  items: [
    field({ field: 'title', label: '岗位', present: '教师' }),
    field({ field: 'grade', label: '职级', present: '七级', openId: 'c1' }),
    field({ field: 'bornOn', label: '出生日期', kind: 'day', isPersonal: true }),
  ],
};

export const correction = (part: Partial<Correction> = {}): Correction => ({
  correctionId: 'c1',
  field: 'bornOn',
  label: '出生日期',
  person: { personId: 'p1', name: '张雨桐', unitName: '信息工程学院', title: '教师' },
  owner: 'hr',
  ownerName: '人事处',
  state: 'open',
  stateWords: '待答复',
  raisedAt: Date.UTC(2026, 10, 23, 2),
  endedAt: null,
  due: { dueAt: Date.UTC(2026, 10, 26, 9, 30), provisional: false, state: 'ok', words: '还剩 3 个工作日' },
  isLate: false,
  isPersonal: true,
  wanted: '1990-**-**',
  present: { words: '1991-**-**', agrees: false },
  reason: '与身份证不一致',
  files: [{ fileId: 'f1', name: '身份证.png', size: 500, type: 'image/png' }],
  answer: null,
  history: [
    {
      id: 'e1',
      at: Date.UTC(2026, 10, 23, 2),
      by: '张雨桐',
      words: '提出申请，交人事处',
      note: null,
    },
  ],
  clocks: [
    {
      id: 'o1',
      holder: '吴晓燕',
      openedAt: Date.UTC(2026, 10, 23, 2),
      dueAt: Date.UTC(2026, 10, 26, 9, 30),
      closedAt: null,
      isLate: false,
    },
  ],
  can: { withdraw: true, answer: false, sendOnTo: null, reveal: true },
  ...part,
});
