import { afterEach, expect, it } from 'vitest';
import { defineComponent, h, watch } from 'vue';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { useFilters } from './use-filters.ts';

let page: Mounted;
afterEach(() => page.app.unmount());

const names = { seal: 'sealId', q: 'q' } as const;
let filters: ReturnType<typeof useFilters<typeof names>>;
let readings: number;
const List = defineComponent(() => {
  filters = useFilters(names);
  readings = 0;
  watch(filters.asked, () => (readings += 1));
  return () => h('p');
});

it('asks the server by its own names for what stands in the address', async () => {
  page = await mountPage(List, '/list', '/list?seal=s1&cursor=c2&at=30');
  expect(filters.asked.value).toEqual({ sealId: 's1', q: '' });
  expect([filters.one('seal'), filters.one('q'), filters.filtered.value]).toEqual(['s1', '', true]);
});

it('a narrower list begins at its first page and is read once; turning a page asks nothing else', async () => {
  page = await mountPage(List, '/list', '/list?seal=s1&cursor=c2&at=30&view=all');
  filters.narrow({ q: '协议' });
  await settle();
  expect(page.router.currentRoute.value.query).toEqual({ seal: 's1', q: '协议', view: 'all' });
  expect(readings).toBe(1);
  await page.router.replace({ query: { ...page.router.currentRoute.value.query, cursor: 'c3', at: '30' } });
  await settle();
  expect(readings).toBe(1);
});

it('clear takes every filter out of the address and empties what was typed, searched for or not', async () => {
  page = await mountPage(List, '/list', '/list?seal=s1&q=a&view=all');
  expect(filters.typed.q).toBe('a');
  filters.typed.q = 'ab';
  filters.clear();
  await settle();
  expect(page.router.currentRoute.value.query).toEqual({ view: 'all' });
  expect([filters.typed.q, filters.filtered.value]).toEqual(['', false]);
});
