import { describe, expect, it } from 'vitest';
import { t } from './phrases.ts';

/** Every text of the file; functions are called with sample values. */
function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') {
    const call = node as (...values: unknown[]) => unknown;
    // Some want numbers or names, others words and a number, or rows.
    const samples = [[3, 5, 7, 9, '1%', '2%'], ['件事', 3], [[3, 4]]];
    return samples
      .flatMap((values) => {
        try {
          return [String(call(...values))];
        } catch {
          return [];
        }
      })
      .slice(0, 1);
  }
  if (typeof node === 'object' && node !== null) return Object.values(node).flatMap(texts);
  return [];
}

describe('the console’s copy rules', () => {
  const all = texts(t);
  it('finds the texts', () => expect(all.length).toBeGreaterThan(250));
  it('says 您, never 你', () => expect(all.filter((text) => text.includes('你'))).toEqual([]));
  it('has no exclamation marks', () => expect(all.filter((text) => /[!！]/.test(text))).toEqual([]));
  it('has no emoji', () => expect(all.filter((text) => /\p{Extended_Pictographic}/u.test(text))).toEqual([]));
  it('does not talk like a machine', () =>
    expect(
      all.filter((text) => /操作失败|请重试|暂无数据|数据异常|同步中|确定要|任务节点/.test(text)),
    ).toEqual([]));
  it('leaves no function or undefined in a text', () =>
    expect(all.filter((text) => /undefined|=>|NaN/.test(text))).toEqual([]));
});
