/** R23: 企业微信 may give a deleted userid to somebody else; a request's history is about people, not about userids. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { InstanceAnswer, ItemsAnswer } from '../../server/features/approvals/contract.ts';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { personIdOf } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, detail, ONE_DAY, tapApprove, userid } from '../support/story.ts';

let s: Started;
let applicant: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
});
afterEach(() => s.close());

const NEWCOMER = {
  staffNo: '00991',
  name: '丁若兰',
  category: 'internal',
  email: 'd@haizhou.example',
} as const;

/** Who had this userid leaves and is called otherwise in 企业微信; somebody new gets it. Answers the two. */
async function handOn(member: string): Promise<{ former: string; present: string }> {
  const { directory, db } = s.app;
  const former = await personIdOf(s, member);
  const org = await db.read((reads) => directory.orgOf(reads));
  const [post] = org.assignmentsOf(former);
  const today = dateOf(s.clock.now());
  const system = systemActor('test');
  await db.write(system, (tx) =>
    directory.endEmployment(tx, former, { status: 'left', on: today, reason: null }),
  );
  await s.settle();
  await db.write(system, (tx) => directory.putPerson(tx, { personId: former, userid: `${member}-gone` }));
  const { personId: present } = await db.write(system, (tx) =>
    directory.putPerson(tx, {
      ...NEWCOMER,
      userid: member,
      posts: [
        {
          unitId: post?.unitId ?? '',
          kind: 'main',
          title: '教师',
          isHead: false,
          headRank: null,
          sinceOn: today,
          untilOn: null,
          place: null,
        },
      ],
    }),
  );
  await s.settle();
  expect((await personIdOf(s, member)) === present && present !== former).toBe(true);
  return { former, present };
}

/** Signed in by that userid: the newcomer, nobody else. */
async function newcomer(member: string): Promise<Client> {
  const client = await s.signIn(member);
  expect(JSON.stringify(await client.get('/api/me'))).toContain(NEWCOMER.name);
  return client;
}
const items = async (client: Client, box: string) =>
  (await client.get<ItemsAnswer>(`/api/approvals/items?box=${box}`)).items;

it('R23: the next holder of an applicant’s userid sees, decides and withdraws nothing of theirs', async () => {
  const { instanceId } = await applyForLeave(applicant, ONE_DAY);
  await s.settle();
  const { former } = await handOn(userid.applicant);
  const next = await newcomer(userid.applicant);
  for (const box of ['todo', 'done', 'mine', 'cc']) expect(await items(next, box)).toEqual([]);
  const path = `/api/approvals/instances/${instanceId}`;
  expect((await next.raw('GET', path)).status).toBe(404);
  expect((await next.raw('GET', `${path}/print`)).status).toBe(404);
  await expect(next.post(`${path}/withdraw`, {})).rejects.toThrow('404');
  const head = await s.signIn(userid.unitHead);
  expect((await detail(head, instanceId)).applicant).toMatchObject({
    personId: former,
    name: demoCast.applicant.name,
    staffNo: demoCast.applicant.staffNo,
  });
});

it('R23: what an approver decided stays theirs when their userid is somebody else’s', async () => {
  const { instanceId } = await applyForLeave(applicant, ONE_DAY);
  await s.settle();
  await tapApprove(s, userid.unitHead);
  await s.settle();
  const { former, present } = await handOn(userid.unitHead);
  const next = await newcomer(userid.unitHead);
  expect(await items(next, 'done')).toEqual([]);
  expect((await next.raw('GET', `/api/approvals/instances/${instanceId}`)).status).toBe(404);
  const { timeline } = await applicant.get<InstanceAnswer>(`/api/approvals/instances/${instanceId}`);
  expect(timeline.find(({ kind }) => kind === 'step')).toMatchObject({
    name: demoCast.unitHead.name,
    stateWords: '同意',
  });
  const [history, { state }] = await s.app.db.read((reads) =>
    Promise.all([historyOf(reads, instanceId), loadInstance(reads, instanceId)]),
  );
  expect(replay(history)).toEqual(state);
  const people = [
    ...history.map(({ by }) => by.personId),
    ...state.tasks.map(({ person }) => person.personId),
  ];
  expect(people).toContain(former);
  expect(people).not.toContain(present);
  // No userid stands in it, so none can lead to the wrong person.
  const written = JSON.stringify(history).toLowerCase();
  for (const { userid: member } of Object.values(demoCast))
    expect(written).not.toContain(member.toLowerCase());
});

it('R23: a card sent to the former holder decides nothing in the hand of the next', async () => {
  const { instanceId } = await applyForLeave(applicant, ONE_DAY);
  await s.settle();
  await handOn(userid.unitHead);
  await tapApprove(s, userid.unitHead);
  await s.settle();
  const { state } = await s.app.db.read((reads) => loadInstance(reads, instanceId));
  expect(state.status).toBe('running');
  expect(state.tasks.filter(({ status }) => status === 'approved')).toEqual([]);
});
