import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrintAnswer, VerifyAnswer } from '../../server/features/approvals/print/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, detail, ONE_DAY, userid } from '../support/story.ts';

let s: Started;
let applicant: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
});
afterEach(() => s.close());

const print = (client: Client, instanceId: string): Promise<PrintAnswer> =>
  client.get(`/api/approvals/instances/${instanceId}/print`);
/** Somebody with the paper in hand, whom nobody here knows. */
const verify = (code: string): Promise<VerifyAnswer> => s.browser().get(`/api/approvals/prints/${code}`);

describe('a request on paper', () => {
  it('says to whoever scans it what stands on it, and what became of the request since', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const early = await print(applicant, instanceId);
    expect(early.url).toBe(`${s.url}/verify/${early.code}`);
    expect(await verify(early.code)).toMatchObject({
      result: 'genuine',
      applicant: { name: '张雨桐' },
      printed: { code: 'running' },
      now: { code: 'running' },
      later: 0,
    });
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, instanceId);
    await head.post(`/api/approvals/tasks/${myTask?.taskId}/approve`, { comment: '家里的事要紧' });
    await s.settle();
    const before = await verify(early.code);
    expect(before).toMatchObject({ printed: { code: 'running' }, now: { code: 'approved' } });
    expect(before.result === 'genuine' && before.later).toBeGreaterThan(0);

    const late = await print(applicant, instanceId);
    expect(late.facts.find(({ label }) => label === '时间')?.value).toMatch(/^2026-/);
    const after = await verify(late.code);
    expect(after).toMatchObject({ printed: { code: 'approved' }, later: 0 });
    const rows = after.result === 'genuine' ? after.rows : [];
    expect(rows.map(({ name, stateWords }) => [name, stateWords])).toContainEqual(['陈志远', '同意']);
    // What was written in words stays on the paper.
    expect(JSON.stringify(after)).not.toContain('家里的事要紧');
  });

  it('H1 is printed by those who may see it; a code that was not made here is told as such', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const stranger = await s.signIn(userid.librarian);
    expect((await stranger.raw('GET', `/api/approvals/instances/${instanceId}/print`)).status).toBe(404);
    const { code } = await print(applicant, instanceId);
    const other = code.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const forged of [other, code.replace(/-(\d+)-/, '-99-'), 'anything'])
      expect(await verify(forged)).toEqual({ result: 'unknown' });
  });

  it('R45 a history that was changed behind our back is no longer that of the paper', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const { code } = await print(applicant, instanceId);
    await s.app.db.write(systemActor('attacker'), (tx) =>
      tx.em.query(
        `update approval_event set content = replace(content, '回乡', '去旅游') where instanceId = ?`,
        [instanceId],
      ),
    );
    const [row] = await s.app.db.read(({ em }) =>
      em.query<{ n: number | string }[]>(
        `select count(*) as n from approval_event where instanceId = ? and content like '%去旅游%'`,
        [instanceId],
      ),
    );
    expect([Number(row?.n), await verify(code)]).toEqual([1, { result: 'unknown' }]);
  });
});
