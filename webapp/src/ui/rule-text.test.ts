import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from './rule-text.ts';

describe('the words of a regulation as blocks', () => {
  it('paragraphs, numbered lines and points', () => {
    expect(blocksOf('一段\n接着\n\n1. 甲\n\n2. 乙\n\n尾\n- 丙\n- 丁')).toEqual([
      { kind: 'words', text: '一段接着' },
      {
        kind: 'numbers',
        items: [
          { at: 1, text: '甲' },
          { at: 2, text: '乙' },
        ],
      },
      { kind: 'words', text: '尾' },
      { kind: 'points', items: ['丙', '丁'] },
    ]);
  });

  it('loses no word', () => {
    // Numbers as people write them: `00.` would be shown as `0.`, which is no loss of a word.
    const line = fc.stringMatching(/^([1-9]\d?\. |- )?[甲乙丙a-z，。]{1,8}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.constant(''))), (lines) => {
        const shown = blocksOf(lines.join('\n'))
          .map((block) => {
            if (block.kind === 'words') return block.text;
            if (block.kind === 'points') return block.items.map((text) => `- ${text}`).join('');
            return block.items.map(({ at, text }) => `${at}. ${text}`).join('');
          })
          .join('');
        const plain = (text: string) => text.replace(/\s/g, '');
        expect(plain(shown)).toBe(plain(lines.join('')));
      }),
    );
  });
});
