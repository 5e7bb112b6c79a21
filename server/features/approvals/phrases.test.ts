import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { approvalsDesignPhrases } from '../../phrases/approvals-design.ts';
import { approvalsPhrases } from '../../phrases/approvals.ts';

const phrases = { ...approvalsPhrases, ...approvalsDesignPhrases };

const room = new URL('.', import.meta.url);
const sources = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);
const CALL = /(?:badRequest|forbidden|notFound|conflict|refused)\(\s*'(approvals\.\w+)'/g;
const thrown = new Set(
  sources.flatMap((name) =>
    [...readFileSync(new URL(name, room), 'utf8').matchAll(CALL)].map((match) => match[1] ?? ''),
  ),
);

describe('words of this room’s refusals', () => {
  it.each([...thrown])('%s has words in both languages', (code) => {
    const words = Object.entries(phrases).find(([key]) => key === code)?.[1];
    expect(words?.zh).toBeTruthy();
    expect(words?.en).toBeTruthy();
  });

  it('holds no exclamation marks and no 您', () => {
    const all = Object.values(phrases).map((words) => words.zh);
    expect(all.filter((zh) => /[!！您]/.test(zh))).toEqual([]);
  });
});
