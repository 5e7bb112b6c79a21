import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { BatchAnswer, PlanAnswer } from '../../server/features/hr/contract.ts';
import type { KeepingAnswer } from '../../server/features/keeping/contract.ts';
import { DAY_MS } from '../../server/kernel/dates.ts';
import { newId } from '../../server/kernel/id.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';

let s: Started;
let hr: Client;
beforeEach(async () => {
  s = await startApp();
  hr = await s.signIn(demoCast.hrMaintainer.userid);
});
afterEach(() => s.close());

const rows = <Row>(sql: string, params: unknown[] = []) =>
  s.app.db.read((reads) => reads.em.query<Row[]>(sql, params));
const change = (sql: string, params: unknown[] = []) => s.app.db.run(sql, params);
const again = async (userid: string): Promise<Client> => s.signIn(userid);
const lineOf = async (kind: string) => {
  const { items } = await (await again(demoCast.hrMaintainer.userid)).get<KeepingAnswer>('/api/keeping');
  const line = items.find((one) => one.kind === kind);
  if (!line) throw new Error(`no ${kind}`);
  return line;
};
const personId = async (userid: string) => {
  const [row] = await rows<{ id: string }>('select id from person where useridKey = ?', [
    userid.toLowerCase(),
  ]);
  return row?.id ?? '';
};

describe('what is past its keeping period', () => {
  it('H6 the rows and the sheet of a statement go after 180 days, unless a change is still to come', async () => {
    const sheet = Buffer.from(
      ['工号,姓名,手机号,部门编码,人员类别,状态', '00990,丁若兰,13800009901,D2001,院内,在职'].join('\r\n'),
    );
    const uploaded = await hr.upload('/api/hr/batches', '人员.csv', sheet);
    const { batchId } = (await uploaded.json()) as { batchId: string };
    await s.settle();
    const { planId } = await hr.post<PlanAnswer>(`/api/hr/batches/${batchId}/plan`, { complete: false });
    await hr.post(`/api/hr/plans/${planId}/apply`);
    await s.settle();
    const kept = () => rows<{ id: string }>('select id from hr_row where batchId = ?', [batchId]);
    const [{ fileKey } = { fileKey: '' }] = await rows<{ fileKey: string }>(
      'select fileKey from hr_batch where id = ?',
      [batchId],
    );
    const bytes = join(s.config.dataDir, 'files', fileKey.slice(0, 2), fileKey);
    expect([(await kept()).length, existsSync(bytes)]).toEqual([1, true]);

    // Its day is far off: one whose day has come is done the same night, before or after the keeping looks.
    await change(
      `update hr_change set result = 'planned', doneAt = null, effectiveOn = '2099-01-01' where planId = ?`,
      [planId],
    );
    await s.advance(181 * DAY_MS);
    expect([(await kept()).length, existsSync(bytes)]).toEqual([1, true]);

    await change(`update hr_change set result = 'done', doneAt = ? where planId = ?`, [
      s.clock.now(),
      planId,
    ]);
    await s.advance(DAY_MS);
    expect([(await kept()).length, existsSync(bytes)]).toEqual([0, false]);
    // What the statement was and what came of it stays, and is still shown.
    hr = await again(demoCast.hrMaintainer.userid);
    expect(await hr.get<BatchAnswer>(`/api/hr/batches/${batchId}`)).toMatchObject({ rows: { people: 1 } });
    expect(await hr.get<PlanAnswer>(`/api/hr/plans/${planId}`)).toMatchObject({ total: 1 });
    expect(await lineOf('hr.statements')).toMatchObject({ days: 180, ends: 'delete', nextAt: null });
    expect((await lineOf('hr.statements')).lastRun).toMatchObject({ overdue: 0, failed: false });
  });

  it('B7 F9 a former person’s number and contacts go when the account is cancelled and the time is over', async () => {
    const id = await personId(demoCast.colleague.userid);
    await change(
      `update person set state = 'left', status = 'left', leftAt = ?, idNumberSealed = mobileSealed,
         idNumberMasked = '110***', idNumberPrint = 'print', addressSealed = mobileSealed,
         addressMasked = '滨海***' where id = ?`,
      [s.clock.now() - 1100 * DAY_MS, id],
    );
    await change('delete from account where personId = ?', [id]);
    const account = newId();
    await change(
      `insert into account (id, personId, systemCode, state, sinceAt, generation, version)
       values (?, ?, 'oa', 'locked', 0, 1, 1)`,
      [account, id],
    );
    const held = async () =>
      (
        await rows<Record<string, unknown>>(
          `select idNumberSealed, idNumberMasked, idNumberPrint, bornOnSealed, mobileSealed, mobileMasked,
             mobilePrint, email, addressSealed, addressMasked, name from person where id = ?`,
          [id],
        )
      )[0];
    await s.advance(DAY_MS);
    expect((await held())?.mobileSealed).not.toBeNull();
    expect((await lineOf('directory.formerPeople')).lastRun).toMatchObject({ removed: 0, overdue: 1 });

    await change(`update account set state = 'cancelled' where id = ?`, [account]);
    await s.advance(DAY_MS);
    expect(await held()).toEqual({
      idNumberSealed: null,
      idNumberMasked: null,
      // Cannot be read back; who is employed again is recognised by it.
      idNumberPrint: 'print',
      bornOnSealed: null,
      mobileSealed: null,
      mobileMasked: null,
      mobilePrint: null,
      email: null,
      addressSealed: null,
      addressMasked: null,
      name: demoCast.colleague.name,
    });
    expect((await lineOf('directory.formerPeople')).lastRun).toMatchObject({ removed: 1, overdue: 0 });
    const events = await rows<{ kind: string }>(
      `select kind from directory_event where subjectId = ? and kind = 'forgotten'`,
      [id],
    );
    expect(events).toHaveLength(1);
    await s.advance(DAY_MS);
    expect((await lineOf('directory.formerPeople')).lastRun).toMatchObject({ removed: 0, overdue: 0 });
  });

  it('who came back meanwhile keeps everything', async () => {
    const id = await personId(demoCast.colleague.userid);
    await change('update person set leftAt = ? where id = ?', [s.clock.now() - 1100 * DAY_MS, id]);
    await s.advance(DAY_MS);
    const [row] = await rows<{ mobileSealed: string | null }>(
      'select mobileSealed from person where id = ?',
      [id],
    );
    expect(row?.mobileSealed).not.toBeNull();
  });

  it('H10 acts are never deleted, callbacks go after 30 days, and the nights are listed', async () => {
    await change(
      `insert into received_event (id, entrance, eventKey, kind, fromUser, body, receivedAt, handledAt, attempts)
       values (?, 'app', 'k', 'text', 'u', '<xml/>', ?, ?, 0)`,
      [newId(), s.clock.now() - 31 * DAY_MS, s.clock.now()],
    );
    const entries = async () =>
      (await rows<{ n: number }>('select count(*) as n from audit_entry'))[0]?.n ?? 0;
    const before = Number(await entries());
    await s.advance(400 * DAY_MS);
    expect(Number(await entries())).toBeGreaterThan(before);
    expect(await rows(`select id from received_event where eventKey = 'k'`)).toEqual([]);
    hr = await again(demoCast.hrMaintainer.userid);
    const nights = await hr.get<{ items: { kind: string; removed: number }[] }>(
      '/api/keeping/runs?kind=messaging.callbacks&telling=true',
    );
    expect(nights.items[0]?.removed).toBeGreaterThan(0);
    expect(await lineOf('audit.entries')).toMatchObject({ ends: 'kept', days: null, lastRun: null });
  });

  it('H4 only who answers for it or checks it reads the register', async () => {
    const staff = await s.signIn(demoCast.applicant.userid);
    const refused = await staff.raw('GET', '/api/keeping');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'keeping.readers_only' });
  });
});
