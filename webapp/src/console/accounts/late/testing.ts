/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type { LateCase } from '../api.ts';

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
  ...part,
});
