/** Rows of the regulation that no other flow walks: what a form keeps, the reasons for leaving, another system. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';

let a: AccountsStory;
beforeEach(async () => {
  a = await accountsStory();
});
afterEach(() => a.s.close());

const fill = async (requestId: string, kind: string, form: object) =>
  (await a.as('head')).send('PUT', `/api/accounts/requests/${requestId}/form`, { filled: { kind, form } });

describe('who comes from elsewhere (S3-1.3)', () => {
  it('S3-1.3 the category keeps the unit somebody comes from and, when temporary, the end of it', async () => {
    const personId = a.idOf('colleague');
    const unitId = a.unitOf('D2001');
    const form = { unitId, reportOn: a.today(), category: 'attached', systems: ['oa'] };
    // Transferred for good: where from is asked, an end is not.
    const requestId = await a.begin('head', 'open', personId, { ...form, category: 'transferred' });
    expect((await a.submit('head', requestId, unitId)).missing).toEqual(['原单位']);
    await fill(requestId, 'open', form);
    expect((await a.submit('head', requestId, unitId)).missing).toEqual(['原单位', '结束日期']);
    const whole = { ...form, originUnit: '市教育局', untilOn: '2027-05-31' };
    await fill(requestId, 'open', whole);
    await a.submit('head', requestId, unitId);
    await a.carryOut(requestId, 'hr');
    expect((await a.request(requestId)).filled.form).toMatchObject({
      category: 'attached',
      originUnit: '市教育局',
      untilOn: '2027-05-31',
    });
    const { accounts } = await a.person(personId);
    expect(accounts.find(({ systemCode }) => systemCode === 'oa')).toMatchObject({
      state: 'open',
      openedFor: '挂职，来自市教育局，到 2027-05-31',
    });
  });
});

describe('why somebody leaves (S3-3.1 to S3-3.7)', () => {
  it('S3-3.1 S3-3.2 S3-3.3 S3-3.4 S3-3.5 S3-3.6 S3-3.7 exactly seven reasons are taken, the chosen one is kept', async () => {
    await a.takeStock();
    const unitId = a.unitOf('D2001');
    const form = { unitId, leftOn: a.today() };
    const requestId = await a.begin('head', 'cancel', a.idOf('colleague'), form);
    expect((await a.submit('head', requestId, unitId)).missing).toEqual(['离职原因']);
    const reasons = [
      'retired',
      'resigned',
      'deceased',
      'dismissed',
      'discharged',
      'leftDistrict',
      'other',
    ] as const;
    for (const leavingReason of reasons) {
      expect((await fill(requestId, 'cancel', { ...form, leavingReason })).status).toBe(200);
      expect((await a.request(requestId)).filled.form).toMatchObject({ leavingReason });
    }
    expect((await fill(requestId, 'cancel', { ...form, leavingReason: 'bored' })).status).toBe(400);
    // S3-3.7: any other reason is told in words.
    expect((await a.submit('head', requestId, unitId)).missing).toEqual(['原因说明']);
    await fill(requestId, 'cancel', { ...form, leavingReason: 'retired' });
    expect(await a.submit('head', requestId, unitId)).toMatchObject({ status: 'submitted' });
  });
});
