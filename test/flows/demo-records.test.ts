/** What `npm start` puts into the rooms about people's records: there, in every state, and nobody's phone rang. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { fillLeave } from '../../scripts/demo/leave.ts';
import { fillRecords } from '../../scripts/demo/records.ts';
import { pictureOf } from '../../server/platform/files/index.ts';
import type { NewcomersAnswer } from '../../server/features/accounts/contract.ts';
import type { OneAnswer, ReviewAnswer } from '../../server/features/corrections/photos/contract.ts';
import type { AccountsAnswer, AwayAnswer } from '../../server/features/leave/contract.ts';
import type { PlanAnswer, PlansAnswer } from '../../server/features/file-audits/contract.ts';
import { type Started, startApp } from '../support/start-app.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 180_000 });

let s: Started;
beforeEach(async () => {
  s = await startApp({ cast: 'college' });
});
afterEach(() => s.close());

it('a newcomer waits, photos are in every state, an audit has files at every step, and nothing was sent', async () => {
  await fillRecords(s.app);
  await s.settle();
  const members = s.sandbox.control.state().members.map(({ userid }) => userid);
  expect(members.flatMap((userid) => s.sandbox.control.appMessages(userid))).toEqual([]);

  const hr = await s.signIn(demoCast.hrMaintainer.userid);
  const { items: newcomers } = await hr.get<NewcomersAnswer>('/api/accounts/newcomers');
  expect(newcomers.map(({ nameMasked, unitName }) => [nameMasked, unitName])).toEqual([
    ['陆**', '电子商务教研室'],
  ]);

  const { items, counts } = await hr.get<ReviewAnswer>('/api/photos/review');
  expect(counts).toMatchObject({ waiting: 4, accepted: 1, rejected: 1 });
  const { photo } = await hr.get<OneAnswer>(`/api/photos/review/${items[0]?.personId}`);
  const picture = Buffer.from(await (await hr.raw('GET', photo?.picture ?? '')).arrayBuffer());
  expect(pictureOf(picture)).toEqual({ type: 'image/png', width: 590, height: 826 });

  const { items: plans } = await hr.get<PlansAnswer>('/api/file-audits/plans');
  expect(plans).toMatchObject([{ title: '图书馆人事档案审核', state: 'running' }]);
  const plan = await hr.get<PlanAnswer>(`/api/file-audits/plans/${plans[0]?.planId}`);
  expect(plan.figures).toMatchObject({ people: 20, self: 11, unit: 4, hr: 3, done: 2 });
  expect(plan.figures?.score).toBeGreaterThan(0);
});

it('balances are known in some units, one person is away and one will be, and nobody’s phone rang', async () => {
  await fillLeave(s.app);
  await fillRecords(s.app);
  await s.settle();
  const members = s.sandbox.control.state().members.map(({ userid }) => userid);
  expect(members.flatMap((userid) => s.sandbox.control.appMessages(userid))).toEqual([]);
  const hr = await s.signIn(demoCast.hrMaintainer.userid);
  const { items } = await hr.get<AccountsAnswer>('/api/leave/accounts?q=00731');
  expect(items[0]?.balances.find(({ type }) => type === 'annual')?.left).toBeGreaterThan(0);
  const now = await hr.get<AwayAnswer>('/api/leave/away');
  expect(now.items).toMatchObject([{ words: '年假', isOverdue: false }]);
});
