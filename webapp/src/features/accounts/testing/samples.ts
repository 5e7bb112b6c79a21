import { me as plainMe } from '../../../testing/samples.ts';
import type {
  CancellationAnswer,
  LetterAccount,
  LetterAccountsPage,
  LetterAnswer,
  RequestAnswer,
  RequestBrief,
  SheetAnswer,
  SheetItem,
} from '../shapes.ts';

/** 2026-11-23 10:20 in Beijing. */
export const NOW = Date.parse('2026-11-23T10:20:00+08:00');

export const me = {
  ...plainMe,
  now: NOW,
  posts: [
    {
      assignmentId: 'a1',
      unitId: 'u20',
      unitName: '信息工程学院',
      unitPath: '信息工程学院',
      title: '主任',
      kind: 'main',
      isHead: true,
      since: '2021-03-01',
    },
  ],
};

const nothing: RequestAnswer['can'] = {
  fill: false,
  submit: [],
  accept: false,
  giveBack: false,
  execute: false,
  confirm: false,
  withdraw: false,
  readReason: false,
};

export const brief = (requestId: string, part: Partial<RequestBrief> = {}): RequestBrief => ({
  requestId,
  number: `ZH-${requestId}`,
  kind: 'cancel',
  kindWords: '注销',
  title: '注销账号：吴敏',
  personId: 'p9',
  personName: '吴敏',
  status: 'draft',
  statusWords: '未报送',
  eventOn: '2026-11-20',
  createdAt: NOW,
  due: null,
  ...part,
});

type Part = Omit<Partial<RequestAnswer>, 'can'> & { can?: Partial<RequestAnswer['can']> };

export const request = (requestId: string, { can, ...part }: Part = {}): RequestAnswer => ({
  ...brief(requestId),
  filled: {
    kind: 'cancel',
    form: { unitId: 'u20', leftOn: '2026-11-20', leavingReason: 'resigned', reason: '' },
  },
  senders: [sender()],
  missing: [],
  returnNote: null,
  newcomer: null,
  hasPerson: true,
  items: [],
  history: [{ at: NOW, byName: '陈志远', words: '登记' }],
  can: { ...nothing, ...can },
  ...part,
});

export const sender = (
  part: Partial<RequestAnswer['senders'][number]> = {},
): RequestAnswer['senders'][number] => ({
  unitId: 'u20',
  unitName: '信息工程学院',
  role: 'own',
  dueOn: '2026-11-25',
  provisional: false,
  submittedAt: null,
  byName: null,
  letter: null,
  lateWorkdays: null,
  ...part,
});

export const accountOf = (letterItemId: string, name: string): LetterAccount => ({
  letterItemId,
  personId: `p-${letterItemId}`,
  name,
  staffNo: '00401',
  reply: null,
  requestId: null,
  can: { reply: true },
});

export const letter = (accounts: readonly LetterAccount[]): LetterAnswer => ({
  letterId: 'l1',
  unitName: '信息工程学院',
  month: '2026-10',
  systemName: '企业微信',
  sentAt: NOW,
  due: null,
  accounts: accounts.length,
  replied: accounts.filter(({ reply }) => reply !== null).length,
});

/** Both boxes of its accounts. */
export const letterAccounts = (accounts: readonly LetterAccount[], path: string): LetterAccountsPage => ({
  items: accounts.filter(({ reply }) => (reply !== null) === path.includes('box=answered')),
  next: null,
});

export const sheetItem = (itemId: string, part: Partial<SheetItem> = {}): SheetItem => ({
  itemId,
  kind: 'approvals.task',
  kindLabel: '待办审批',
  title: `年假 ${itemId}`,
  detail: '',
  mode: 'choose',
  successorId: null,
  successorName: null,
  trial: null,
  result: null,
  resultWords: null,
  ...part,
});

export const sheet = (part: Partial<SheetAnswer> = {}): SheetAnswer => ({
  sheetId: 'h1',
  personId: 'p9',
  personName: '吴敏',
  state: 'open',
  items: [sheetItem('1'), sheetItem('2')],
  missing: 2,
  failed: 0,
  trialAt: null,
  trialUntilAt: null,
  executedAt: null,
  undoUntilAt: null,
  load: [],
  signatures: [],
  can: { assign: true, execute: false, undo: false, sign: false },
  ...part,
});

export const cancellation = (part: Partial<CancellationAnswer> = {}): CancellationAnswer => ({
  requestId: 'r1',
  personId: 'p1',
  step: 'told',
  toldAt: NOW,
  disabledAt: null,
  handedOverAt: null,
  graceUntilAt: null,
  deletedAt: null,
  backup: null,
  sheetId: 'h1',
  obstacles: ['还没停用'],
  can: { backUp: true, recall: false, remove: false },
  ...part,
});
