/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type { CircularAnswer, LateCase } from '../api.ts';

const hour = 3_600_000;

const day = 24 * hour;

export const lateCase = (lateCaseId: string, part: Partial<LateCase> = {}): LateCase => ({
  lateCaseId,
  requestId: 'r4',
  unitId: 'jidian',
  unitName: '机电工程学院',
  kindWords: '注销',
  eventOn: '2026-11-02',
  dueOn: '2026-11-05',
  submittedOn: '2026-11-09',
  lateWorkdays: 2,
  personId: 'zhang',
  personName: '张老师',
  allowance: '3 个工作日',
  breach: { at: at - 14 * day, holderName: '赵老师', unitName: '机电工程学院' },
  origin: 'unit',
  state: 'noted',
  documentNumber: null,
  circularId: null,
  ...part,
});

export const circular = (part: Partial<CircularAnswer> = {}): CircularAnswer => ({
  circularId: 'ci1',
  state: 'draft',
  version: 2,
  words: {
    title: '关于账号管理逾期报送情况的通报',
    documentNumber: '',
    opening: '现将情况通报如下。',
    closing: '',
  },
  text: '关于账号管理逾期报送情况的通报\n\n1. 机电工程学院：逾期 1 件，最长 2 个工作日。',
  textHash: 'a'.repeat(64),
  cases: 1,
  units: 1,
  instruction: {
    instructedBy: '张副区长',
    instructedOn: '2026-11-20',
    documentNumber: '区府办批〔2026〕9号',
    fileId: null,
  },
  draftedByName: '陈老师',
  draftedAt: at - day,
  issuedByName: null,
  issuedAt: null,
  can: { edit: true, discard: true, issue: true },
  ...part,
});
