import type { Phrases } from './types.ts';

export const sheetsPhrases = {
  'sheets.not_xlsx': {
    zh: '这不是能读取的 .xlsx 文件，请另存为 .xlsx 后再传。',
    en: 'This is not a readable .xlsx file. Save it as .xlsx and try again.',
  },
  'sheets.too_large': {
    zh: '文件太大，请拆分后再传。',
    en: 'The file is too large. Split it and try again.',
  },
  'sheets.too_many_rows': { zh: '每张表最多 {max} 行。', en: 'A sheet may have at most {max} rows.' },
  'sheets.too_many_columns': { zh: '每张表最多 {max} 列。', en: 'A sheet may have at most {max} columns.' },
  'sheets.list_too_large': {
    zh: '超过 {most} 条，没有导出。请缩小筛选。',
    en: 'More than {most} rows; nothing was exported. Narrow the filter.',
  },
} as const satisfies Phrases;
