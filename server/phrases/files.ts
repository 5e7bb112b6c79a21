import type { Phrases } from './types.ts';

export const filesPhrases = {
  'files.missing': { zh: '没有收到文件，请重新选择。', en: 'No file was received.' },
  'files.type': {
    zh: '只能上传图片、PDF、Word 和 Excel 文件。',
    en: 'Only pictures, PDF, Word and Excel files can be uploaded.',
  },
  'files.unknown': { zh: '这个文件已经不在了。', en: 'This file is not there.' },
} as const satisfies Phrases;
