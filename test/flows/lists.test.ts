import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HomeAnswer } from '../../server/features/portal/contract.ts';
import type { ItemsAnswer } from '../../server/features/approvals/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';
import { detail, userid } from '../support/story.ts';

let s: Started;
let applicant: Client;
let head: Client;
const COUNT = 25;

/** 25 requests, made a minute apart: some with odd titles. */
beforeAll(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
  await publishSteps(s, [
    await namedStep(s, 'one', [userid.unitHead], { mode: 'all', refusal: 'FAIL_FAST' }),
    {
      key: 'copy',
      title: '抄送',
      kind: 'cc',
      assignees: (await namedStep(s, 'x', [userid.colleague], { mode: 'all', refusal: 'FAIL_FAST' }))
        .assignees,
    },
  ]);
  const odd = ['100%', 'a_b', "o'hara", '\\', '!x', '<b>', '😀'];
  for (let n = 0; n < COUNT; n += 1) {
    await submitOwn(applicant, odd[n] ?? `第${n}件`);
    s.clock.setOffset(s.clock.offset + 60_000);
  }
}, 60_000);
afterAll(() => s.close());

const page = (client: Client, query: string) => client.get<ItemsAnswer>(`/api/approvals/items?${query}`);

async function all(client: Client, box: string, limit: number) {
  const items: ItemsAnswer['items'][number][] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: ItemsAnswer = await page(
      client,
      `box=${box}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
    );
    expect(answer.items.length).toBeLessThanOrEqual(limit);
    items.push(...answer.items);
    cursor = answer.next;
  }
  return items;
}

describe('lists in pages', () => {
  it.each([1, 7, 25, 50])('pages of %i show everything once, in one order', async (limit) => {
    const todos = await all(head, 'todo', limit);
    expect(todos).toHaveLength(COUNT);
    expect(new Set(todos.map((item) => item.instanceId)).size).toBe(COUNT);
    const mine = await all(applicant, 'mine', limit);
    expect(mine.map((item) => item.instanceId)).toEqual(
      (await all(applicant, 'mine', 50)).map((i) => i.instanceId),
    );
    // Newest first.
    expect(mine.map((item) => item.title).slice(0, 2)).toEqual(['事项 第24件', '事项 第23件']);
  });

  it('what arrives while somebody reads on neither repeats nor hides anything', async () => {
    const first = await page(applicant, 'box=mine&limit=10');
    const { instanceId } = await submitOwn(applicant, '新来的');
    const second = await page(applicant, `box=mine&limit=50&cursor=${first.next}`);
    const seen = [...first.items, ...second.items].map((item) => item.instanceId);
    expect(new Set(seen).size).toBe(COUNT);
    expect(seen).not.toContain(instanceId);
    await applicant.post(`/api/approvals/instances/${instanceId}/withdraw`);
  });

  it.each([
    'limit=0',
    'limit=1000',
    'limit=x',
    'box=all',
    'q=' + 'x'.repeat(500),
    'extra=1',
    'box=todo&box=mine',
  ])('%s is refused', async (query) => {
    const answer = await head.raw(
      'GET',
      `/api/approvals/items?${query.includes('box') ? '' : 'box=todo&'}${query}`,
    );
    expect(answer.status).toBe(400);
  });
});

describe('searching', () => {
  it.each([
    ['100%', 1],
    ['%', 1],
    ['_', 1],
    ['a_b', 1],
    ['a%b', 0],
    ["o'hara", 1],
    ['\\', 1],
    ['!', 1],
    ['<b>', 1],
    ['😀', 1],
    ['第1', 10],
    ['O’HARA', 0],
    ["O'HARA", 1],
    ['张雨桐', COUNT],
    ['00731', COUNT],
    ["' or 1=1 --", 0],
  ])('%j finds %i', async (q, count) => {
    const answer = await page(head, `box=todo&limit=50&q=${encodeURIComponent(q)}`);
    expect(answer.items).toHaveLength(count);
  });

  it('looks into one’s own box only', async () => {
    const stranger = await s.signIn(userid.librarian);
    for (const box of ['todo', 'done', 'mine', 'cc'])
      expect((await page(stranger, `box=${box}&q=${encodeURIComponent('张雨桐')}`)).items).toEqual([]);
  });
});

describe('boxes and counts', () => {
  it('a decided request moves from to-do to done, and its copy arrives unread and is read once', async () => {
    const colleague = await s.signIn(userid.colleague);
    const before = await page(head, 'box=todo&limit=50');
    const item = before.items.find((one) => one.title === '事项 第20件');
    const instanceId = item?.instanceId ?? '';
    const { myTask } = await detail(head, instanceId);
    await head.post(`/api/approvals/tasks/${myTask?.taskId}/approve`);
    const after = await page(head, 'box=todo&limit=50');
    expect(after.counts.todo).toBe(before.counts.todo - 1);
    expect(after.items.map((one) => one.instanceId)).not.toContain(instanceId);
    expect((await all(head, 'done', 50)).map((one) => one.instanceId)).toEqual([instanceId]);

    const copies = await page(colleague, 'box=cc');
    expect([copies.items.length, copies.counts.cc]).toEqual([1, 1]);
    await colleague.post(`/api/approvals/instances/${instanceId}/read`);
    await colleague.post(`/api/approvals/instances/${instanceId}/read`);
    expect((await page(colleague, 'box=cc')).counts.cc).toBe(0);
  });

  it('R36 what is overdue is counted and comes first', async () => {
    await s.advance(4 * 86_400_000);
    await head.signIn(userid.unitHead);
    const answer = await page(head, 'box=todo&limit=50');
    expect(answer.counts.overdue).toBe(answer.counts.todo);
    expect(answer.items[0]?.title).toBe('事项 100%');
    expect(answer.items[0]?.due.words).toContain('超时');
  });
});

describe('the home page', () => {
  it('S1-2b counts what any room asks with the approvals, and lists it the most urgent first', async () => {
    const { person } = await head.get<{ person: { personId: string } }>('/api/me');
    const owe = (title: string, workdays: number, path: string) =>
      s.app.db.write(systemActor('test'), async (tx) => {
        s.app.supervision.openObligation(tx, {
          kind: 'accounts.report',
          subjectType: 'account_request',
          subjectId: title,
          stepRef: title,
          title,
          path,
          holderPersonId: person.personId,
          holderUnitId: null,
          budget: { workdays },
        });
      });
    await owe('报送注销申请：吴敏', 3, '/accounts/requests/r1');
    await owe('答复月度核查', 1, '/accounts/letters/l1');
    const { todo, badges } = await head.get<HomeAnswer>('/api/home');
    expect([badges.others, todo.count - badges.approvals]).toEqual([2, 2]);
    expect((await todosOf(head)).map(({ title, path }) => [title, path])).toEqual([
      ['答复月度核查', '/accounts/letters/l1'],
      ['报送注销申请：吴敏', '/accounts/requests/r1'],
    ]);
  });
});
