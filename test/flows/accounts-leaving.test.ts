import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceAnswer } from '../../server/features/approvals/contract.ts';
import type { Template } from '../../server/features/approvals/index.ts';
import { DAY_MS, MINUTE_MS } from '../../server/kernel/dates.ts';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';
import { applyForLeave, ONE_DAY } from '../support/story.ts';

let a: AccountsStory;
beforeEach(async () => {
  a = await accountsStory();
  await a.takeStock();
});
afterEach(() => a.s.close());

const GRACE_MS = 15 * DAY_MS;

/** Decided by these people by name, all of them. */
const byName = (key: string, personIds: readonly string[]): Template => ({
  key,
  version: 1,
  title: '用车',
  numberPrefix: 'YC',
  icon: 'doc',
  hue: 'blue',
  group: '测试',
  sensitive: false,
  titleWords: '用车 {what}',
  fields: [{ key: 'what', label: '事由', type: 'text', required: true, maxLength: 50 }],
  computed: [],
  steps: [
    {
      key: 'decide',
      title: '审批',
      kind: 'approve',
      mode: 'all',
      refusal: 'FAIL_FAST',
      allowWorkdays: 1,
      requiresComment: false,
      assignees: [{ label: '审批人', by: { rule: 'named', personIds: [...personIds] }, fallback: [] }],
    },
  ],
  quickReasons: [],
});

const publish = (key: string, personIds: readonly string[]) =>
  a.asSystem((tx) => a.s.app.approvals.publish(tx, [byName(key, personIds)]));

async function apply(key: string, what: string): Promise<string> {
  const client = await a.as('stranger');
  const { version, posts } = await client.get<{ version: number; posts: { assignmentId: string }[] }>(
    `/api/approvals/templates/${key}`,
  );
  const body = {
    templateKey: key,
    version,
    assignmentId: posts[0]?.assignmentId ?? '',
    form: { what },
    clientKey: crypto.randomUUID(),
  };
  return (await client.post<{ instanceId: string }>('/api/approvals/instances', body)).instanceId;
}

/** Who is to decide now. */
const holders = async (instanceId: string): Promise<string[]> =>
  a.s.app.db.read(async (reads) =>
    (
      await reads.em.query<{ personId: string }[]>(
        `select personId from approval_task where instanceId = ? and status = 'pending'`,
        [instanceId],
      )
    )
      .map(({ personId }) => personId)
      .sort(),
  );

async function beginLeaving(personId: string): Promise<string> {
  const unitId = a.unitOf('D2001');
  const form = { unitId, leftOn: a.today(), leavingReason: 'resigned' };
  const requestId = await a.begin('head', 'cancel', personId, form);
  await a.submit('head', requestId, unitId);
  await a.post('hr', `/requests/${requestId}/accept`);
  return requestId;
}

const sheetOf = async (requestId: string) => (await a.cancellation(requestId)).sheetId ?? '';

describe('leaving (S3-3, S2-16)', () => {
  it('S3-3a S3-3b disabled, handed over, waited, deleted by a second person with proof; 企业微信 has no such member any more', async () => {
    const personId = a.idOf('colleague');
    await publish('car', [personId]);
    const requestId = await beginLeaving(personId);
    await a.post('it', `/requests/${requestId}/execute`);
    await a.confirmByHand(requestId);
    await a.s.settle();
    expect(a.member('colleague')?.status).toBe(2);
    expect(await a.accountsOf(personId)).toBe('企业微信 停用 | OA 停用 | 无感考勤 停用');
    await expect(a.as('colleague')).rejects.toThrow();

    const sheetId = await sheetOf(requestId);
    expect((await a.sheet(sheetId)).items.map(({ kindLabel, title }) => `${kindLabel} ${title}`)).toEqual([
      '审批模板里的指定审批人 用车',
    ]);
    expect(await a.handOver(sheetId, a.idOf('teachingOffice'))).toEqual({ done: 1, merged: 0, failed: 0 });
    await a.post('head', `/handovers/${sheetId}/sign`);
    expect(await a.post('liaison', `/handovers/${sheetId}/sign`)).toEqual({ closed: true });
    await a.post('head', `/cancellations/${requestId}/backup`, { statement: '本人已离校，无法确认' });
    expect(await a.cancellation(requestId)).toMatchObject({ step: 'grace', obstacles: ['等待期没有满'] });
    expect(await a.refusal('it', `/cancellations/${requestId}/delete`)).toBe('accounts.cancel_obstacle');
    expect(await holders(await apply('car', '接站'))).toEqual([a.idOf('teachingOffice')]);

    await a.advance(GRACE_MS);
    await a.asSystem((tx) =>
      a.s.app.directory.endEmployment(tx, personId, { status: 'left', on: a.today(), reason: null }),
    );
    await a.s.settle();
    await a.post('it', `/cancellations/${requestId}/delete`);
    // Asked for is not done: the account is cancelled when the member is gone.
    expect(await a.accountsOf(personId)).toMatch(/^企业微信 停用/);
    await a.confirmByHand(requestId);
    await a.s.settle();
    expect(a.member('colleague')).toBeUndefined();
    await a.s.advance(2 * MINUTE_MS);
    expect(await a.accountsOf(personId)).toBe('企业微信 已注销 | OA 已注销 | 无感考勤 已注销');
    const { status, items } = await a.request(requestId);
    expect(status).toBe('done');
    expect(items.every(({ proof }) => proof !== null)).toBe(true);
    expect(await a.cancellation(requestId)).toMatchObject({ step: 'deleted', obstacles: [] });
  });

  it('S3-3b C11 a member who may not be deleted yet stays IT’s business, with the reason', async () => {
    const personId = a.idOf('colleague');
    const requestId = await beginLeaving(personId);
    await a.post('it', `/requests/${requestId}/execute`);
    await a.confirmByHand(requestId);
    const sheetId = await sheetOf(requestId);
    await a.post('head', `/handovers/${sheetId}/dry-run`);
    await a.post('head', `/handovers/${sheetId}/execute`);
    await a.post('head', `/handovers/${sheetId}/sign`);
    await a.post('head', `/cancellations/${requestId}/backup`, { statement: '本人已离校' });
    await a.advance(GRACE_MS);
    // HR has not said yet that the employment is over.
    await a.post('it', `/cancellations/${requestId}/delete`);
    const wecom = async () =>
      (await a.request(requestId)).items.find((i) => i.act === 'cancel' && i.grade === 'api');
    expect(await wecom()).toMatchObject({ status: 'failed' });
    expect((await wecom())?.trouble).toMatch(/[\u4e00-\u9fff]/);
    const open = (await a.clocksOf('account_request', requestId)).filter(({ state }) => state === 'open');
    expect(open.map(({ stepRef }) => stepRef)).toContain((await wecom())?.itemId);
    await a.asSystem((tx) =>
      a.s.app.directory.endEmployment(tx, personId, { status: 'left', on: a.today(), reason: null }),
    );
    await a.post('it', `/requests/${requestId}/items/${(await wecom())?.itemId}/retry`);
    await a.confirmByHand(requestId);
    await a.s.settle();
    await a.s.advance(2 * MINUTE_MS);
    expect((await a.request(requestId)).status).toBe('done');
    expect(a.member('colleague')).toBeUndefined();
  });

  it('S2-16 taken back before deletion, everything is as it was', async () => {
    const personId = a.idOf('colleague');
    const before = await a.accountsOf(personId);
    const requestId = await beginLeaving(personId);
    await a.post('it', `/requests/${requestId}/execute`);
    await a.confirmByHand(requestId);
    await a.post('it', `/cancellations/${requestId}/recall`, { reason: '挽留成功' });
    await a.confirmByHand(requestId);
    await a.s.settle();
    expect(await a.accountsOf(personId)).toBe(before);
    expect(a.member('colleague')?.status).toBe(1);
    const sheet = await a.clocksOf('account_handover', await sheetOf(requestId));
    expect(sheet.map(({ state }) => state)).toEqual(['closed']);
  });
});

describe('what a leaver holds in approvals', () => {
  it('R25 taken over per item with the result of each: merged where the successor sits already; undone within the days', async () => {
    const personId = a.idOf('colleague');
    const successor = a.idOf('teachingOffice');
    await publish('car', [personId]);
    await publish('carTwo', [personId, successor]);
    const [one, two] = [await apply('car', '接站'), await apply('carTwo', '送站')];
    const requestId = await beginLeaving(personId);
    const sheetId = await sheetOf(requestId);
    await a.post('head', `/handovers/${sheetId}/assign`, { successorId: successor });
    await a.post('head', `/handovers/${sheetId}/dry-run`);
    const tried = (await a.sheet(sheetId)).items.map((i) => `${i.kindLabel} ${i.title} ${i.trial?.verdict}`);
    expect(tried.sort()).toEqual([
      '审批模板里的指定审批人 用车 merges',
      '审批模板里的指定审批人 用车 takes',
      '待办审批 章文静 用车 接站 takes',
      '待办审批 章文静 用车 送站 merges',
    ]);
    expect(await holders(one)).toEqual([personId]);
    expect(await a.post('head', `/handovers/${sheetId}/execute`)).toEqual({ done: 2, merged: 2, failed: 0 });
    expect([await holders(one), await holders(two)]).toEqual([[successor], [successor]]);
    // Again: nothing is left to do.
    expect(await a.post('head', `/handovers/${sheetId}/execute`)).toEqual({ done: 2, merged: 2, failed: 0 });

    await a.post('head', `/handovers/${sheetId}/undo`);
    expect([await holders(one), await holders(two)]).toEqual([[personId], [successor]]);
    expect(await holders(await apply('car', '再接站'))).toEqual([personId]);
  });

  it('what the successor has decided meanwhile stays decided', async () => {
    const personId = a.idOf('colleague');
    await publish('car', [personId]);
    const instanceId = await apply('car', '接站');
    const sheetId = await sheetOf(await beginLeaving(personId));
    await a.handOver(sheetId, a.idOf('teachingOffice'));
    const liaison = await a.as('liaison');
    const { items } = await liaison.get<{ items: { taskId: string }[] }>('/api/approvals/items?box=todo');
    await liaison.post(`/api/approvals/tasks/${items[0]?.taskId}/approve`, {});
    await a.post('head', `/handovers/${sheetId}/undo`);
    const applicant = await a.as('stranger');
    expect((await applicant.get<InstanceAnswer>(`/api/approvals/instances/${instanceId}`)).state.code).toBe(
      'approved',
    );
    const task = (await a.sheet(sheetId)).items.find(({ kind }) => kind === 'approvals.task');
    expect(task).toMatchObject({ result: 'kept', resultWords: '接手人已经办过' });
  });

  it('R17 R22 the applicant cannot take over their own request: the row says so, nothing moves', async () => {
    const personId = a.idOf('colleague');
    await publish('car', [personId]);
    const instanceId = await apply('car', '接站');
    const sheetId = await sheetOf(await beginLeaving(personId));
    await a.post('head', `/handovers/${sheetId}/assign`, { successorId: a.idOf('librarian') });
    await a.post('head', `/handovers/${sheetId}/dry-run`);
    const task = (await a.sheet(sheetId)).items.find(({ kind }) => kind === 'approvals.task');
    expect(task?.trial?.verdict).toBe('refuses');
    expect(await a.refusal('head', `/handovers/${sheetId}/execute`)).toBe('accounts.handover_refusing');
    expect(await holders(instanceId)).toEqual([personId]);
  });

  it('R22 disabled before the hand-over was carried out: who was chosen has it, before any rule is asked', async () => {
    const personId = a.idOf('colleague');
    await publish('car', [personId]);
    const instanceId = await apply('car', '接站');
    const requestId = await beginLeaving(personId);
    const sheetId = await sheetOf(requestId);
    await a.post('head', `/handovers/${sheetId}/assign`, { successorId: a.idOf('teachingOffice') });
    await a.post('it', `/requests/${requestId}/execute`);
    expect(await holders(instanceId)).toEqual([a.idOf('teachingOffice')]);
  });

  it('R18 disabled with nobody chosen: the seat left behind is on the sheet and can still be given to somebody', async () => {
    const personId = a.idOf('colleague');
    await publish('car', [personId]);
    const instanceId = await apply('car', '接站');
    const requestId = await beginLeaving(personId);
    await a.post('it', `/requests/${requestId}/execute`);
    await a.confirmByHand(requestId);
    expect(await holders(instanceId)).toEqual([]);
    const sheetId = await sheetOf(requestId);
    await a.post('head', `/handovers/${sheetId}/dry-run`);
    const task = (await a.sheet(sheetId)).items.find(({ kind }) => kind === 'approvals.task');
    expect(task).toMatchObject({ title: '章文静 用车 接站' });
    expect(await a.handOver(sheetId, a.idOf('teachingOffice'))).toEqual({ done: 2, merged: 0, failed: 0 });
    expect(await holders(instanceId)).toEqual([a.idOf('teachingOffice')]);
  });

  it('H3 nobody takes over from a colleague who neither leaves nor is locked', async () => {
    await applyForLeave(await a.as('colleague'), ONE_DAY);
    expect(await a.refusal('head', '/handovers', { personId: a.idOf('colleague') })).toBe(
      'accounts.nobody_leaves',
    );
  });
});
