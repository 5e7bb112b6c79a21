/** Sample answers; all names are fictional. */
import type { ExchangeRow } from '../api.ts';

export const exchangeRow = (itemId: string, part: Partial<ExchangeRow> = {}): ExchangeRow => ({
  itemId,
  requestNumber: '2026-0117',
  staffNo: 'H2016031',
  name: '张老师',
  act: 'change',
  actWords: '变更',
  changes: [{ item: '职务', before: '教师', after: '教研室主任' }],
  ...part,
});
