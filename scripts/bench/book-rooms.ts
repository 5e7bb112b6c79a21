/**
 * Bar of issue 4: 500 people book 50 slots of one room at the same moment through the HTTP API of the real server, ten
 * for each slot: exactly 50 bookings, 450 answers that name something else to be had, no overlap; on SQLite and on
 * MariaDB. Each round is a new room; the first one warms the server up, and counts as well.
 *
 *   npm run build && node dist/scripts/bench/book-rooms.js
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCast } from '../demo/cast.ts';
import type { App } from '../../server/app.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { addDays, dateOf, instantOf } from '../../server/kernel/dates.ts';
import { type Bar, exactly, median, quantile, report, round } from './support/figures.ts';
import { type Answer, requestBytes, sendAll } from './support/load.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct, signedIn, startServer } from './support/product.ts';
import { epochsOf, seed } from './support/story.ts';

const ROUNDS = 3;
const PEOPLE = 500;
const SLOTS = 50;
const OPENS = 8;
const HOURS_A_DAY = 10;

interface Round {
  readonly roomId: string;
  readonly requests: readonly Buffer[];
}

/** Whole hours of five days from tomorrow on. */
const slotOf = (n: number, now: number): { startsAt: number; endsAt: number } => {
  const day = addDays(dateOf(now), 1 + Math.floor(n / HOURS_A_DAY));
  const hour = OPENS + (n % HOURS_A_DAY);
  return { startsAt: instantOf(day, hour * 60), endsAt: instantOf(day, (hour + 1) * 60) };
};

async function prepare(app: App): Promise<Round[]> {
  await seed(app);
  const epochs = await epochsOf(app);
  const { keeper, people, unitId } = await app.db.read(async (reads) => {
    const org = await app.access.orgOf(reads);
    return {
      keeper: await app.access.actorByUserid(reads, demoCast.superAdmin.userid, { via: 'cli' }),
      people: org.people().filter(({ active, category }) => active && category === 'internal'),
      unitId: org.root()?.unitId ?? '',
    };
  });
  if (!keeper || people.length < PEOPLE) throw new Error('the demo college is too small');
  const rounds: Round[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    const { roomId } = await app.meetingRooms.makeRoom(keeper, {
      name: `第${n + 1}会议室`,
      place: '行政楼',
      capacity: 20,
      equipment: [],
      unitId,
      managerId: keeper.personId,
      opensMinute: OPENS * 60,
      closesMinute: (OPENS + HOURS_A_DAY) * 60,
      weekdays: [0, 1, 2, 3, 4, 5, 6],
      bookerUnitIds: null,
      needsApproval: false,
      bufferMinutes: 0,
      checkInMinutes: null,
      state: 'open',
      wecomRoomId: null,
    });
    const requests = people
      .slice(0, PEOPLE)
      .map(({ personId }, at) => booking(roomId, at % SLOTS, personId, epochs.get(personId)));
    rounds.push({ roomId, requests });
  }
  return rounds;
}

const booking = (roomId: string, slot: number, personId: string, epoch: number | undefined): Buffer =>
  requestBytes(
    'POST',
    '/api/meeting-rooms/bookings',
    { 'content-type': 'application/json', ...signedIn(personId, epoch) },
    JSON.stringify({ roomId, ...slotOf(slot, Date.now()), subject: '例会', clientKey: randomUUID() }),
  );

/** A polite no: what was lost, and at least one time or room that can be had. */
function offersMore({ status, body }: Answer): boolean {
  if (status !== 409) return false;
  const { code, data } = JSON.parse(body) as {
    code: string;
    data: { sameRoom?: unknown[]; otherRooms?: unknown[] };
  };
  const offers = (data.sameRoom?.length ?? 0) + (data.otherRooms?.length ?? 0);
  return code === 'meetingrooms.taken' && offers > 0;
}

async function traces(app: App, roomId: string): Promise<{ bookings: number; overlaps: number }> {
  const count = async (sql: string): Promise<number> => {
    const rows = await app.db.read((reads) => reads.em.query<{ n: number }[]>(sql, [roomId]));
    return Number(rows[0]?.n);
  };
  return {
    bookings: await count(`select count(*) as n from meeting_booking where roomId = ? and state = 'booked'`),
    overlaps: await count(
      `select count(*) as n from meeting_booking a join meeting_booking b on b.roomId = a.roomId
       and a.id < b.id and a.startsAt < b.endsAt and b.startsAt < a.endsAt where a.roomId = ?`,
    ),
  };
}

async function measure(databaseUrl: string) {
  const filling = await openProduct(databaseUrl);
  const rounds = await prepare(filling.app);
  await filling.app.db.write(systemActor('bench'), (tx) => tx.em.query(`update job set state = 'done'`));
  await filling.close();
  const server = await startServer(databaseUrl);
  const results = [];
  for (const { roomId, requests } of rounds) {
    const { answers, seconds } = await sendAll(server.port, requests, PEOPLE);
    const times = answers.map(({ ms }) => ms);
    results.push({
      roomId,
      booked: answers.filter(({ status }) => status === 200).length,
      offered: answers.filter(offersMore).length,
      seconds: round(seconds),
      p50: round(median(times), 0),
      p99: round(quantile(times, 0.99), 0),
    });
  }
  await server.stop();
  const looking = await openProduct(databaseUrl);
  const kept = [];
  for (const result of results) kept.push({ ...result, ...(await traces(looking.app, result.roomId)) });
  await looking.close();
  return kept;
}

type Measured = Awaited<ReturnType<typeof measure>>;

function barsOf(name: string, rounds: Measured): Bar[] {
  const off = (what: string, wanted: number, of: (one: Measured[number]) => number): Bar =>
    exactly(`${name}: rounds without ${what}`, rounds.filter((one) => of(one) !== wanted).length, 0);
  return [
    off(`exactly ${SLOTS} bookings kept`, SLOTS, (one) => one.bookings),
    off(`exactly ${SLOTS} answers “booked”`, SLOTS, (one) => one.booked),
    off(`${PEOPLE - SLOTS} answers with alternatives`, PEOPLE - SLOTS, (one) => one.offered),
    off('0 overlaps', 0, (one) => one.overlaps),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'steward-bench-sqlite-'));
const sqlite = await measure(`sqlite:${join(folder, 'bench.db')}`);
rmSync(folder, { recursive: true, force: true });
const mariadb = await withMariadb(async (server) => measure(await server.newDatabase()));
report('book-rooms', { people: PEOPLE, slots: SLOTS, sqlite, mariadb }, [
  ...barsOf('SQLite', sqlite),
  ...barsOf('MariaDB', mariadb),
]);
