import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SubmitAnswer } from '../../server/features/approvals/contract.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { detail, leaveRequest, tapApprove, userid } from '../support/story.ts';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);
const SICK = { type: 'sick', from: '2026-11-26', fromHalf: 'am', to: '2026-11-27', toHalf: 'pm' } as const;

async function uploaded(client: Client, name = '诊断证明.png'): Promise<string> {
  const response = await client.upload('/api/files', name, PNG);
  expect(response.status).toBe(200);
  return ((await response.json()) as { fileId: string }).fileId;
}

async function submit(client: Client, files: readonly string[], days: object = SICK): Promise<Response> {
  const request = await leaveRequest(client, { ...SICK, ...days });
  return client.send('POST', '/api/approvals/instances', {
    ...request,
    form: { ...request.form, files },
    clientKey: randomUUID(),
  });
}
const made = async (response: Response) => (await response.json()) as SubmitAnswer;
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

it('sick leave of two days wants a proof; whoever may see the request may read it, nobody else', async () => {
  const applicant = await s.signIn(userid.applicant);
  expect((await submit(applicant, [])).status).toBe(422);
  const fileId = await uploaded(applicant);
  const { instanceId } = await made(await submit(applicant, [fileId]));
  const path = `/api/approvals/instances/${instanceId}/files/${fileId}`;

  const head = await s.signIn(userid.unitHead);
  const fact = (await detail(head, instanceId)).facts.find((one) => one.kind === 'files');
  expect(JSON.stringify(fact)).toContain('诊断证明.png');
  for (const reader of [applicant, head]) {
    const answer = await reader.raw('GET', path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  }
  for (const stranger of [userid.colleague, userid.attendance]) {
    expect((await (await s.signIn(stranger)).raw('GET', path)).status).toBe(404);
  }
  expect((await s.browser().raw('GET', path)).status).toBe(401);

  await s.settle();
  await tapApprove(s, userid.unitHead);
  await s.settle();
  const copied = await s.signIn(userid.attendance);
  expect((await copied.raw('GET', path)).status).toBe(200);
});

it('a file is read through its own request only', async () => {
  const applicant = await s.signIn(userid.applicant);
  const [one, two] = [await uploaded(applicant), await uploaded(applicant)];
  const first = await made(await submit(applicant, [one]));
  const second = await made(await submit(applicant, [two], { from: '2026-12-03', to: '2026-12-04' }));
  const crossed = await applicant.raw('GET', `/api/approvals/instances/${second.instanceId}/files/${one}`);
  expect([crossed.status, await codeOf(crossed)]).toEqual([404, 'files.unknown']);
  expect(
    (await applicant.raw('GET', `/api/approvals/instances/${first.instanceId}/files/${one}`)).status,
  ).toBe(200);
});

it('somebody else’s file, one already used, and one that never was cannot be attached', async () => {
  const [applicant, colleague] = [await s.signIn(userid.applicant), await s.signIn(userid.colleague)];
  const foreign = await uploaded(colleague);
  for (const fileId of [foreign, '0'.repeat(32)]) {
    const refused = await submit(applicant, [fileId]);
    expect([refused.status, await codeOf(refused)]).toEqual([422, 'approvals.file_gone']);
  }
  const own = await uploaded(applicant);
  expect((await submit(applicant, [own])).status).toBe(200);
  const again = await submit(applicant, [own], { from: '2026-12-03', to: '2026-12-04' });
  expect([again.status, await codeOf(again)]).toEqual([422, 'approvals.file_gone']);
  // What was refused made no request.
  const rows = await s.app.db.read((r) => r.em.query<unknown[]>('select id from approval_instance'));
  expect(rows).toHaveLength(1);
});

it('the same file attached by two requests at once belongs to one of them', async () => {
  const applicant = await s.signIn(userid.applicant);
  const fileId = await uploaded(applicant);
  const answers = await Promise.all([
    submit(applicant, [fileId]),
    submit(applicant, [fileId], { from: '2026-12-03', to: '2026-12-04' }),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422]);
});

it('a file nobody used is gone after two days, one that was used stays', async () => {
  const applicant = await s.signIn(userid.applicant);
  const [used, left] = [await uploaded(applicant), await uploaded(applicant, '多余.png')];
  await submit(applicant, [used]);
  for (let day = 0; day < 4; day += 1) await s.advance(86_400_000);
  const rows = await s.app.db.read((r) => r.em.query<{ id: string }[]>('select id from file'));
  expect(rows.map((row) => row.id)).toEqual([used]);
  expect(rows.map((row) => row.id)).not.toContain(left);
});
