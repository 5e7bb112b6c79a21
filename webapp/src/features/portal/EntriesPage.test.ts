import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EntriesAnswer } from '../../api/shapes.ts';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import EntriesPage from './EntriesPage.vue';

const item = (id: string, title: string, find: string) => ({
  id,
  title,
  icon: 'doc',
  hue: 'blue' as const,
  path: `/apply/${id}`,
  find,
});
const answer: EntriesAnswer = {
  groups: [
    { group: '教学', items: [item('classChange', '调停课', '调停课|教学|tiaotingke|ttk')] },
    { group: '公文', items: [item('incomingDocument', '收文', '收文|公文|shouwen|sw')] },
  ],
};
let page: Mounted;
beforeEach(() => localStorage.clear());
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const links = (): (string | null)[] =>
  [...page.root.querySelectorAll('.entries a')].map((link) => link.getAttribute('href'));
async function type(words: string): Promise<void> {
  const input = page.root.querySelector('input') as HTMLInputElement;
  input.value = words;
  input.dispatchEvent(new Event('input'));
  await settle();
}

describe('everything one may apply for', () => {
  it('stands by group, and is found by name, group, pinyin and initials', async () => {
    fakeApi({ 'GET /api/home/entries': () => ({ body: answer }) });
    page = await mountPage(EntriesPage, '/apply', '/apply');
    expect(links()).toEqual(['/apply/classChange', '/apply/incomingDocument']);
    for (const typed of ['调停', '教学', 'tiao ting', 'TTK']) {
      await type(typed);
      expect(links(), typed).toEqual(['/apply/classChange']);
    }
  });

  it('says that nothing goes by that name, and shows all again', async () => {
    fakeApi({ 'GET /api/home/entries': () => ({ body: answer }) });
    page = await mountPage(EntriesPage, '/apply', '/apply');
    await type('彩票');
    expect(page.text()).toContain('没有找到“彩票”');
    (page.root.querySelector('.btn') as HTMLButtonElement).click();
    await settle();
    expect(links()).toHaveLength(2);
  });

  it('offers to try again', async () => {
    let round = 0;
    fakeApi({
      'GET /api/home/entries': () => (round++ === 0 ? problem(500, 'internal', '出错了') : { body: answer }),
    });
    page = await mountPage(EntriesPage, '/apply', '/apply');
    expect(links()).toHaveLength(0);
    (page.root.querySelector('.btn') as HTMLButtonElement).click();
    await settle();
    expect(links()).toHaveLength(2);
  });
});
