import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../server/kernel/actor.ts';
import { addDays } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, ONE_DAY, tapApprove, userid } from '../support/story.ts';

let s: Started;
let applicant: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
});
afterEach(() => s.close());

const QUARTER = 15_000;
const tile = (member: string): string[] =>
  (s.sandbox.control.workbench(member).data?.items ?? []).map(({ key, data }) => `${key} ${data}`);
const numbers = (todo: number, unread: number, running: number) => [
  `待办 ${todo}`,
  `待阅 ${unread}`,
  `我发起的在办 ${running}`,
];
/** Calls that set a member's numbers, as the sandbox's ledger has them. */
const pushes = async () => (await entries()).filter((one) => one.includes('agent/set_workbench_data')).length;
async function entries(): Promise<string[]> {
  const answer = await fetch(`${s.sandbox.url}/sandbox/ledger?limit=500`);
  const { entries: found } = (await answer.json()) as { entries: object[] };
  return found.map((entry) => JSON.stringify(entry));
}
const submit = (nth: number) => {
  const on = addDays('2026-11-25', 7 * nth);
  return applyForLeave(applicant, { ...ONE_DAY, from: on, to: on });
};

describe('S1-10 the numbers on the workbench', () => {
  it('stand at nothing for everybody, follow what is asked and decided, and lead to the lists', async () => {
    expect(tile(userid.unitHead)).toEqual(numbers(0, 0, 0));
    await submit(0);
    await s.settle();
    expect(tile(userid.unitHead)).toEqual(numbers(0, 0, 0));
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toEqual(numbers(1, 0, 0));
    expect(tile(userid.applicant)).toEqual(numbers(0, 0, 1));
    expect(s.sandbox.control.workbench(userid.unitHead).data?.items?.map(({ jump_url: url }) => url)).toEqual(
      [`${s.url}/todo`, `${s.url}/todo?tab=cc`, `${s.url}/todo?tab=mine`],
    );
    await tapApprove(s, userid.unitHead);
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toEqual(numbers(0, 0, 0));
    expect(tile(userid.applicant)[2]).toBe('我发起的在办 0');
  });

  it('many changes of a quarter of a minute are one push a person: never more than ten a minute', async () => {
    const before = await pushes();
    for (let n = 0; n < 12; n += 1) await submit(n);
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toEqual(numbers(12, 0, 0));
    // The applicant and the head, each once.
    expect((await pushes()) - before).toBe(2);
  });

  it('come right again after 企业微信 was down', async () => {
    const fault = s.sandbox.control.addFault({ kind: 'down', apis: ['agent/set_workbench_data'] });
    await submit(0);
    await s.advance(QUARTER);
    await submit(1);
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toEqual(numbers(0, 0, 0));
    s.sandbox.control.removeFaults(fault.id);
    await s.advance(10 * 60_000);
    expect(tile(userid.unitHead)).toEqual(numbers(2, 0, 0));
    expect(tile(userid.applicant)).toEqual(numbers(0, 0, 2));
  });

  it('an institution that has not switched it on is asked once an hour, and nothing else suffers', async () => {
    s.sandbox.control.adminApp({ workbenchEnabled: false });
    const before = await pushes();
    for (let n = 0; n < 3; n += 1) {
      await submit(n);
      await s.advance(QUARTER);
    }
    expect((await pushes()) - before).toBeLessThanOrEqual(2);
    s.sandbox.control.adminApp({ workbenchEnabled: true });
    await s.advance(3_600_000);
    await submit(4);
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toEqual(numbers(4, 0, 0));
    expect(s.log.filter((line) => line.includes('alarm'))).toEqual([]);
  });

  it('switched on days after the first start, or its template taken away there, it begins by itself', async () => {
    const templates = async () =>
      (await entries()).filter((one) => one.includes('set_workbench_template')).length;
    s.sandbox.control.adminApp({ workbenchEnabled: false });
    await s.app.db.write(systemActor('test'), async (tx) => {
      // That of this start; whatever was asked for before it names another address.
      const [job] = await tx.em.query<{ id: string }[]>(
        "select id from job where name = 'portal.set_workbench' order by id desc limit 1",
      );
      await tx.em.query("update job set state = 'ready', attempts = 0 where id = ?", [job?.id]);
    });
    await s.settle();
    const before = await templates();
    s.sandbox.control.adminApp({ workbenchEnabled: true });
    await s.advance(3_600_000);
    expect((await templates()) - before).toBe(1);
    s.sandbox.control.addFault({
      kind: 'errcode',
      errcode: 94_008,
      apis: ['agent/set_workbench_data'],
      calls: 1,
    });
    await submit(0);
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toEqual(numbers(1, 0, 0));
    expect(tile(userid.applicant)).toEqual(numbers(0, 0, 1));
  });

  it('what was missed stands right the next morning', async () => {
    s.sandbox.control.adminApp({ workbenchEnabled: false });
    await submit(0);
    await s.advance(QUARTER);
    s.sandbox.control.adminApp({ workbenchEnabled: true });
    await s.advance(22 * 3_600_000);
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toEqual(numbers(1, 0, 0));
  });
});
