import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type {
  ActAnswer,
  DifferencesPage,
  SummaryAnswer,
} from '../../server/features/directory/drift/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { DAY_MS, MINUTE_MS } from '../../server/kernel/dates.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
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

  it('H1 a liaison sees the own unit alone, with figures of it, and takes exactly that away as a file', async () => {
    const { applicant, librarian } = demoCast;
    for (const { userid } of [applicant, librarian])
      s.sandbox.control.editMember(userid, {
        operator: demoCast.superAdmin.userid,
        changes: { name: `${userid}改名` },
      });
    await s.settle();
    await s.advance(2 * MINUTE_MS);
    await s.advance(2 * MINUTE_MS);
    await hr.post('/api/directory/drift/compare', {});
    await s.settle();
    const whole = await hr.get<SummaryAnswer>('/api/directory/drift/summary');
    expect([whole.part, (await list('?state=open')).total]).toEqual([null, 2]);

    const org = await s.app.db.read(s.app.directory.orgOf);
    const unitId = org.units().find(({ code }) => code === 'D20')?.unitId ?? '';
    const personId = org.personByUserid(applicant.userid)?.personId ?? '';
    await s.app.db.write(systemActor('test'), (tx) =>
      s.app.access.grantRole(tx, { personId, role: 'liaison', scopeUnitId: unitId, untilAt: null }),
    );
    const liaison = await s.signIn(applicant.userid);
    const mine = await liaison.get<SummaryAnswer>('/api/directory/drift/summary');
    expect(mine).toMatchObject({
      part: ['信息工程学院'],
      mass: null,
      openPeople: 1,
      can: { act: false, policy: false, compare: false },
    });
    expect(mine.lastRun?.members).toBeGreaterThan(1);
    expect(mine.lastRun?.members).toBeLessThan(whole.lastRun?.members ?? 0);
    expect(mine.lastRun?.units).toBeLessThan(whole.lastRun?.units ?? 0);

    const rowsOf = async (client: Client, query = '') => {
      const file = await client.raw('GET', `/api/directory/drift/export${query}`);
      expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const [sheet] = await readSheets(Buffer.from(await file.arrayBuffer()));
      return (sheet?.rows ?? []).slice(2).map((row) => row[1]);
    };
    expect(await rowsOf(liaison)).toEqual([applicant.staffNo]);
    expect((await rowsOf(hr)).toSorted()).toEqual([librarian.staffNo, applicant.staffNo].toSorted());
    expect(await rowsOf(hr, `?state=open&q=${librarian.staffNo}`)).toEqual([librarian.staffNo]);
    expect(await rowsOf(hr, '?state=ignored')).toEqual([]);
  });
});
