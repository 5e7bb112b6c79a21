import fc from 'fast-check';
import { expect, it } from 'vitest';
import { act, begin, TEMPLATE } from '../testing/branch-lives.ts';
import { COMMENTS_PER_REQUEST, FILES_PER_REQUEST } from './comment.ts';

const by = { personId: 'p1', name: 'p1' };
const [template] = fc.sample(TEMPLATE, { numRuns: 1, seed: 7 });
const life = () => {
  if (!template) throw new Error('no template');
  return begin(template);
};
const files = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ fileId: `f${from + n}`, name: '附件.pdf' }));

it('a request takes so many comments: its document stays of a size every act can load and save', () => {
  const one = life();
  for (let n = 0; n < COMMENTS_PER_REQUEST + 3; n += 1) act(one, { type: 'comment', by, text: `第 ${n} 条` });
  expect(one.state.comments).toHaveLength(COMMENTS_PER_REQUEST);
  expect(one.state.comments.at(-1)?.text).toBe(`第 ${COMMENTS_PER_REQUEST - 1} 条`);
});

it('and so many attachments to them; a comment without goes on', () => {
  const one = life();
  for (let n = 0; n < FILES_PER_REQUEST; n += 6)
    act(one, { type: 'comment', by, text: '见附件', files: files(6, n) });
  const attached = () => one.state.comments.flatMap((comment) => comment.files ?? []).length;
  expect(attached()).toBe(FILES_PER_REQUEST);
  expect(act(one, { type: 'comment', by, text: '再一件', files: files(1, 900) })).toEqual([]);
  expect(act(one, { type: 'comment', by, text: '没有附件' })).toHaveLength(1);
  expect(attached()).toBe(FILES_PER_REQUEST);
});

it('the same file twice in one comment is one', () => {
  const one = life();
  act(one, { type: 'comment', by, text: '见附件', files: [...files(2), ...files(2)] });
  expect(one.state.comments[0]?.files).toEqual(files(2));
});
