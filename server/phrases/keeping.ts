import type { Phrases } from './types.ts';

export const keepingPhrases = {
  'keeping.readers_only': {
    zh: '保存期限由系统、安全、审计管理员和人事处查看',
    en: 'The register of keeping periods is for system, security and audit administrators and for HR.',
  },
} as const satisfies Phrases;
