import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type {
  ForecastAnswer,
  InstanceAnswer,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import type { Client } from '../support/client.ts';
import { personIdOf } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { cardsOf, tapApprove } from '../support/story.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 120_000 });

let s: Started;
let applicant: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(demoCast.applicant.userid);
});
afterEach(() => s.close());

const name = async (role: string, who: CastKey): Promise<void> => {
  const personId = await personIdOf(s, demoCast[who].userid);
  await s.app.db.write(systemActor('test:leading-group'), (tx) =>
    s.app.access.grantRole(tx, { personId, role, scopeUnitId: null, untilAt: null }),
  );
};
const form = { kind: 'link', what: '对接图书系统', purpose: '查借阅', data: '不涉及个人信息', files: [] };
async function draft() {
  const path = '/api/approvals/templates/wecomExtension';
  const { version, posts } = await applicant.get<TemplateAnswer>(path);
  return { templateKey: 'wecomExtension', version, assignmentId: posts[0]?.assignmentId ?? '', form };
}
const submit = async () =>
  applicant.send('POST', '/api/approvals/instances', { ...(await draft()), clientKey: randomUUID() });
const standing = async (id: string): Promise<string> =>
  (await applicant.get<InstanceAnswer>(`/api/approvals/instances/${id}`)).state.words;
async function agrees(who: CastKey): Promise<void> {
  await tapApprove(s, demoCast[who].userid);
  await s.settle();
}

describe('an extension of the functions of WeCom', () => {
  it('S2-2b is refused while the leading group is not named, and says who is missing', async () => {
    const refused = await submit();
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      code: 'approvals.cannot_submit',
      data: {
        reasons: [
          '领导小组会签：没有人担任信息化领导小组副组长。',
          '领导小组决定：没有人担任信息化领导小组组长。',
        ],
      },
    });
    await name('leadingGroupDeputy', 'secondAdmin');
    await name('leadingGroupMember', 'superAdmin');
    const seen = await applicant.post<ForecastAnswer>('/api/approvals/forecast', await draft());
    expect(seen).toMatchObject({
      canSubmit: false,
      reasons: ['领导小组决定：没有人担任信息化领导小组组长。'],
    });
  });

  it('S2-2b S2-2a S2-4.1 goes to the deputies and members together and is decided by the head of the group', async () => {
    await name('leadingGroupHead', 'president');
    await name('leadingGroupDeputy', 'secondAdmin');
    await name('leadingGroupMember', 'superAdmin');
    await name('leadingGroupMember', 'librarian');
    const { instanceId } = (await (await submit()).json()) as SubmitAnswer;
    await s.settle();
    await agrees('unitHead');
    await agrees('secondAdmin');
    await agrees('superAdmin');
    // Not before all of them said something.
    expect(cardsOf(s, demoCast.president.userid)).toEqual([]);
    await agrees('librarian');
    expect(cardsOf(s, demoCast.president.userid)).toHaveLength(1);
    expect(await standing(instanceId)).not.toContain('已通过');
    await agrees('president');
    expect(await standing(instanceId)).toContain('已通过');
  });
});
