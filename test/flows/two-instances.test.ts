import { readdirSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../server/app.ts';
import { instantOf } from '../../server/kernel/dates.ts';
import { createLog } from '../../server/platform/log.ts';
import { verifyAudit, sealAll } from '../../server/platform/audit/index.ts';
import { newPlace } from '../support/test-db.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, cardsOf, detail, expectCard, lastWords, userid } from '../support/story.ts';

// One database file belongs to one process; several instances share a database server.
const shared = process.env.DB === 'mariadb';

let s: Started;
let second: App;
let server: Server;
let url: string;

describe.runIf(shared)('two instances on one database', () => {
  beforeEach(async () => {
    s = await startApp();
    second = await createApp({ config: s.config, clock: s.clock, log: createLog('silent') });
    server = createServer(second.http.callback());
    await new Promise<void>((resolve) => server.listen(0, resolve));
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await second.messaging.drain();
    await second.close();
    await s.close();
  });

  const settleBoth = async () => {
    for (;;) {
      await s.sandbox.control.idle();
      await Promise.all([s.app.messaging.drain(), second.messaging.drain()]);
      const runs = await Promise.all([s.app.jobs.runDue(), second.jobs.runDue()]);
      if (runs.every((count) => count === 0)) return;
    }
  };

  it('a session of one works at the other, and ends at both when it is revoked', async () => {
    const client = await s.signIn(userid.colleague);
    const { person, csrfToken } = await client.get<{ person: { personId: string }; csrfToken: string }>(
      '/api/me',
    );
    expect(csrfToken).not.toBe('');
    const elsewhere = client.at(url);
    expect((await elsewhere.raw('GET', '/api/me')).status).toBe(200);
    await second.db.write({ kind: 'system', name: 'test' }, (tx) =>
      second.directory.lockPerson(tx, person.personId),
    );
    expect((await client.raw('GET', '/api/me')).status).toBe(401);
    expect((await elsewhere.raw('GET', '/api/me')).status).toBe(401);
  });

  it('R1 joint approvers decide at different instances at once: each card once, one result, one chain', async () => {
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await applyForLeave(applicant, {});
    await settleBoth();
    const decide = async (member: string, at: string) => {
      const client = (await s.signIn(member)).at(at);
      const { myTask } = await detail(client, instanceId);
      return client.post(`/api/approvals/tasks/${myTask?.taskId}/approve`);
    };
    await decide(userid.unitHead, url);
    await settleBoth();
    await Promise.all([decide(userid.hrHead, s.url), decide(userid.leader, url)]);
    await settleBoth();
    expect((await detail(applicant.at(url), instanceId)).state.code).toBe('approved');
    for (const member of [userid.unitHead, userid.hrHead, userid.leader]) {
      expect(cardsOf(s, member)).toHaveLength(1);
      expect(lastWords(expectCard(s, member, '申请'))).toBe('已同意');
    }
    expect(cardsOf(s, userid.applicant)).toHaveLength(1);
    // H8: one of two sealers may have to start over; the chain does not fork.
    await Promise.allSettled([sealAll(s.app.db), sealAll(second.db)]);
    await sealAll(s.app.db);
    expect((await verifyAudit(s.app.db, [])).faults).toEqual([]);
  });

  it('R42 one room booked at two instances at once: each hour once, the others get alternatives', async () => {
    const clients = await Promise.all(
      [userid.superAdmin, userid.applicant, userid.colleague, userid.unitHead].map((who) => s.signIn(who)),
    );
    const [admin] = clients;
    if (!admin) throw new Error('nobody');
    const root = '/api/meeting-rooms';
    const { keeps } = await admin.get<{ keeps: { unitId: string }[] }>(`${root}/choices`);
    const { person } = await admin.get<{ person: { personId: string } }>('/api/me');
    const { roomId } = await admin.post<{ roomId: string }>(`${root}/rooms`, {
      name: '第一会议室',
      place: '行政楼',
      capacity: 20,
      equipment: [],
      unitId: keeps[0]?.unitId,
      managerId: person.personId,
      opensMinute: 480,
      closesMinute: 1_080,
      weekdays: [2],
      bookerUnitIds: null,
      needsApproval: false,
      bufferMinutes: 0,
      checkInMinutes: null,
      state: 'open',
    });
    const hours = [9, 10, 11, 14, 15];
    const answers = await Promise.all(
      hours.flatMap((hour) =>
        clients.flatMap((client) =>
          [s.url, url].map((where) =>
            client.at(where).send('POST', `${root}/bookings`, {
              roomId,
              startsAt: instantOf('2026-11-24', hour * 60),
              endsAt: instantOf('2026-11-24', hour * 60 + 60),
              subject: '例会',
              clientKey: randomUUID(),
            }),
          ),
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(hours.length);
    expect(statuses.filter((status) => status === 409)).toHaveLength(statuses.length - hours.length);
    const kept = await s.app.db.read((reads) =>
      reads.em.query<{ startsAt: number }[]>('select startsAt from meeting_booking order by startsAt'),
    );
    expect(kept.map(({ startsAt }) => Number(startsAt))).toEqual(
      hours.map((hour) => instantOf('2026-11-24', hour * 60)),
    );
  });

  it('a schedule’s period runs once, whoever ticks', async () => {
    s.clock.setOffset(s.clock.offset + 86_400_000);
    await Promise.all([s.app.jobs.tick(), second.jobs.tick()]);
    await settleBoth();
    const rows = await s.app.db.read((r) =>
      r.em.query<{ n: number }[]>(`select count(*) as n from job group by name, jobKey having count(*) > 1`),
    );
    expect(rows).toEqual([]);
  });

  it('both may start at the same moment on an empty database', async () => {
    const place = await newPlace();
    const config = { ...s.config, databaseUrl: place.url };
    const apps = await Promise.all(
      [1, 2, 3].map(() => createApp({ config, clock: s.clock, log: createLog('silent') })),
    );
    const templates = await apps[0]?.db.read((r) =>
      r.em.query<{ templateKey: string }[]>('select templateKey from approval_template'),
    );
    // Each shipped one once.
    const keys = (templates ?? []).map(({ templateKey }) => templateKey);
    const files = readdirSync('config/templates').filter((name) => name.endsWith('.yaml'));
    expect([keys.length, new Set(keys).size]).toEqual([files.length, files.length]);
    expect(keys).toEqual(expect.arrayContaining(['leave', 'sealUse']));
    for (const app of apps) await app.close();
    await place.remove();
  });
});
