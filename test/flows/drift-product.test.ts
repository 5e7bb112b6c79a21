import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { ActAnswer, DifferencesPage } from '../../server/features/directory/drift/contract.ts';
import { DAY_MS, MINUTE_MS } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';

let s: Started;
let hr: Client;
beforeEach(async () => {
  s = await startApp();
  await s.advance(10 * MINUTE_MS);
  hr = await s.signIn(demoCast.hrMaintainer.userid);
});
afterEach(() => s.close());

const list = (query = '') => hr.get<DifferencesPage>(`/api/directory/drift${query}`);

describe('drift in the whole product', () => {
  it('D10 D11 a move at the console is found by its event, taken to HR, and put back by a second decision', async () => {
    const { applicant } = demoCast;
    const [elsewhere] = (await s.app.db.read(s.app.directory.orgOf))
      .units()
      .filter(({ code }) => code === 'D05');
    s.sandbox.control.editMember(applicant.userid, {
      operator: demoCast.superAdmin.userid,
      changes: { department: [elsewhere?.departmentId] },
    });
    await s.settle();
    await s.advance(2 * MINUTE_MS);
    await s.advance(2 * MINUTE_MS);
    const { items } = await list();
    expect(items.map(({ subject, field }) => [subject.ref, field])).toEqual([
      [applicant.staffNo, 'department'],
    ]);
    const differenceIds = items.map(({ differenceId }) => differenceId);
    await hr.post('/api/directory/drift/acts', { differenceIds, act: 'take' });
    const held = await s.app.db.read((reads) =>
      reads.em.query<{ state: string }[]>(`select state from obligation where kind = 'directory.drift'`),
    );
    expect(held).toEqual([{ state: 'open' }]);
    await hr.post('/api/directory/drift/acts', { differenceIds, act: 'reopen' });
    expect(await hr.post<ActAnswer>('/api/directory/drift/acts', { differenceIds, act: 'putBack' })).toEqual({
      done: 1,
      refused: [],
    });
    await s.settle();
    await s.advance(DAY_MS);
    // Yesterday's session has ended.
    hr = await s.signIn(demoCast.hrMaintainer.userid);
    expect((await list()).total).toBe(0);
    expect((await list('?state=putBack')).total).toBe(1);
    expect(s.log.filter((line) => line.includes('drift'))).toEqual([]);
  });
});
