/**
 * Bar of issue 3: GET /api/access/people?q=<initials> of a delegated administrator, among 100,000 people in 5,000
 * units, p95 below 50 ms over HTTP, sign-in check, scope and head count of the result included; on SQLite and on
 * MariaDB. People type letter by letter: initials of two to four letters count for the bar, single letters, pinyin and
 * staff numbers are shown beside it. The statements a search sends are printed with their plans.
 *
 *   npm run build && node dist/scripts/bench/person-search.js
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../server/app.ts';
import { DelegationTable } from '../../server/features/access/tables.ts';
import { romanise } from '../../server/features/directory/index.ts';
import { AssignmentTable, PersonTable, UnitTable } from '../../server/features/directory/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import { withCpu } from './support/cpu.ts';
import { atMost, exactly, median, quantile, report, round } from './support/figures.ts';
import { requestBytes, sendAll, type Answer } from './support/load.ts';
import { withMariadb } from './support/mariadb.ts';
import { openProduct, signedIn, startServer } from './support/product.ts';

const PEOPLE = 100_000;
const UNITS = 5_000;
const TOP_UNITS = 50;
const SUB_UNITS = TOP_UNITS * 10;
/** Top units delegated: a fifth of the university. */
const DELEGATED = 10;
const REQUESTS = 400;
const SEED = systemActor('bench:person-search');
const HIRED_ON = '2015-09-01';

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const GIVEN = [
  ...'伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰雨桐志远海燕晓宇一鸣子涵欣怡浩然思梦琪俊峰',
];

/** The first surnames are the frequent ones. */
function nameOf(n: number): string {
  const surname = SURNAMES[Math.floor(((n * 7919) % 1000) ** 2 / 1000 / (1000 / SURNAMES.length))] ?? '';
  const first = GIVEN[(n * 31) % GIVEN.length] ?? '';
  return n % 9 === 0
    ? surname + first
    : surname + first + (GIVEN[(n * 17 + Math.floor(n / 53)) % GIVEN.length] ?? '');
}

const unitId = (n: number): string => `u${String(n).padStart(31, '0')}`;
const personId = (n: number): string => `p${String(n).padStart(31, '0')}`;
const ROOT = unitId(UNITS);

function parentOf(n: number): string {
  if (n < TOP_UNITS) return ROOT;
  return unitId(n < TOP_UNITS + SUB_UNITS ? n % TOP_UNITS : TOP_UNITS + (n % SUB_UNITS));
}

const unit = (n: number) => ({
  id: unitId(n),
  code: `D${n}`,
  name: n === UNITS ? '学校' : `单位${n}`,
  parentId: n === UNITS ? null : parentOf(n),
  kind:
    n === UNITS ? ('institution' as const) : n < TOP_UNITS ? ('department' as const) : ('office' as const),
  state: 'active' as const,
  sortOrder: n,
  departmentId: n + 2,
  leaderInChargeId: null,
  successorId: null,
  category: null,
  version: 1,
});

const person = (n: number) => {
  const name = nameOf(n);
  const staffNo = String(200_000 + n);
  return {
    id: personId(n),
    staffNo,
    sourceId: null,
    name,
    ...romanise(name),
    category: n % 10 === 0 ? ('external' as const) : ('internal' as const),
    establishment: null,
    status: 'working' as const,
    statusOn: HIRED_ON,
    leaveReason: null,
    leftAt: null,
    state: n % 500 === 0 ? ('locked' as const) : ('active' as const),
    lockCause: null,
    sex: null,
    idType: null,
    idNumberSealed: null,
    idNumberMasked: null,
    idNumberPrint: null,
    bornOnSealed: null,
    bornOnMasked: null,
    bornOnPrint: null,
    addressSealed: null,
    addressMasked: null,
    grade: null,
    managerId: null,
    employedOn: HIRED_ON,
    contractUntilOn: null,
    userid: staffNo,
    useridKey: staffNo,
    mobileSealed: null,
    mobileMasked: null,
    mobilePrint: null,
    email: null,
    emailKey: null,
    sortOrder: 0,
    version: 1,
    createdAt: 0,
    updatedAt: 0,
  };
};

const post = (n: number, kind: 'main' | 'concurrent', unitNumber: number) => ({
  id: newId(),
  personId: personId(n),
  unitId: unitId(unitNumber % UNITS),
  kind,
  title: '教师',
  isHead: false,
  headRank: null,
  sinceOn: HIRED_ON,
  untilOn: null,
  place: null,
  version: 1,
});

const delegation = (top: number, now: number) => ({
  id: newId(),
  // Somebody who works elsewhere, and so sees who is theirs to administer and not themselves.
  personId: personId(49),
  unitId: unitId(top),
  duty: 'manage' as const,
  modules: ['directory'],
  categories: ['internal' as const],
  note: '',
  grantedBy: personId(0),
  sinceAt: now - 1000,
  untilAt: now + 86_400_000,
  endedAt: null,
  endedBy: null,
  endReason: null,
  warnedAt: null,
  version: 1,
});

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

async function fill(app: App): Promise<void> {
  await app.db.write(SEED, async (tx) => {
    await insertRows(tx, UnitTable, range(UNITS + 1).map(unit));
    await insertRows(
      tx,
      DelegationTable,
      range(DELEGATED).map((top) => delegation(top, tx.now)),
    );
    await app.directory.touch(tx);
  });
  for (let at = 0; at < PEOPLE; at += 10_000)
    await app.db.write(SEED, async (tx) => {
      const numbers = range(10_000).map((n) => at + n);
      await insertRows(tx, PersonTable, numbers.map(person));
      await insertRows(
        tx,
        AssignmentTable,
        numbers.flatMap((n) => [post(n, 'main', n), ...(n % 20 === 0 ? [post(n, 'concurrent', n + 7)] : [])]),
      );
    });
}

/** What the search itself asks of the database, and how the database goes about it. */
async function statementsOf(app: App, q: string) {
  const heard = new Map<string, readonly unknown[]>();
  const { manager } = app.source;
  const query = manager.query.bind(manager);
  const route = app.routes.find(({ method, path }) => method === 'get' && path === '/api/access/people');
  const search = () =>
    route?.handle({
      actor: { kind: 'person', personId: personId(49), name: '', roles: ['staff'], via: 'h5' },
      query: { q, state: 'here', sort: 'name', limit: 50 },
      params: undefined,
      body: undefined,
      request: { requestId: '', address: '' },
      ctx: {} as never,
    });
  await search();
  manager.query = (sql: string, params: unknown[] = []) => {
    heard.set(sql, params);
    return query(sql, params);
  };
  await search();
  manager.query = query;
  const explain =
    app.source.options.type === 'mariadb' || app.source.options.type === 'mysql'
      ? 'explain'
      : 'explain query plan';
  const plans = [];
  for (const [sql, params] of heard)
    plans.push({ sql, plan: (await query(`${explain} ${sql}`, [...params])) as unknown });
  return plans;
}

/** Of people all over the university, most of them outside the scope. */
const sample = (of: (n: number) => string): string[] => range(REQUESTS).map((n) => of((n * 9_973) % PEOPLE));
const letters = (n: number): string => romanise(nameOf(n)).initials;

const QUERIES = {
  initials: sample((n) => letters(n).slice(0, 2 + (n % 3))),
  oneLetter: sample((n) => letters(n).slice(0, 1)),
  pinyin: sample((n) => romanise(nameOf(n)).pinyin.replaceAll(' ', '').slice(0, 6)),
  name: sample((n) => nameOf(n).slice(-2)),
  staffNo: sample((n) => String(200_000 + n).slice(0, 4 + (n % 3))),
} as const;

interface Found {
  readonly total: number;
  readonly items: readonly { readonly staffNo: string; readonly name: string }[];
}

const inScope = (staffNo: string): boolean => {
  const n = Number(staffNo) - 200_000;
  const tops = n % 20 === 0 ? [topOf(n % UNITS), topOf((n + 7) % UNITS)] : [topOf(n % UNITS)];
  return n % 10 !== 0 && tops.some((top) => top < DELEGATED);
};
const topOf = (n: number): number => {
  if (n < TOP_UNITS) return n;
  return n < TOP_UNITS + SUB_UNITS ? n % TOP_UNITS : (TOP_UNITS + (n % SUB_UNITS)) % TOP_UNITS;
};

async function measure(databaseUrl: string) {
  const { app, close } = await openProduct(databaseUrl);
  await fill(app);
  const statements = await statementsOf(app, 'zy');
  await close();
  const server = await startServer(databaseUrl, { ROLE: 'all' });
  const ask = (q: string) =>
    requestBytes('GET', `/api/access/people?q=${encodeURIComponent(q)}&limit=50`, {
      cookie: signedIn(personId(49)).cookie,
    });
  try {
    // The first one reads the directory and makes the index.
    const [first] = (await sendAll(server.port, [ask('zy')], 1)).answers;
    const figures: Record<string, { p50: number; p95: number; cpuMs: number; most: number; wrong: number }> =
      {};
    for (const [kind, queries] of Object.entries(QUERIES)) {
      const { answers, cpuMicros } = await withCpu(server.child, queries.length, () =>
        sendAll(server.port, queries.map(ask), 1),
      );
      const times = answers.map(({ ms }) => ms);
      figures[kind] = {
        p50: round(median(times)),
        p95: round(quantile(times, 0.95)),
        cpuMs: round(cpuMicros / 1000),
        most: Math.max(...answers.map((answer) => totalOf(answer))),
        wrong: answers.filter((answer) => !isRight(answer)).length,
      };
    }
    return { firstMs: round(first?.ms ?? Number.NaN, 0), figures, statements };
  } finally {
    await server.stop();
  }
}

const foundIn = ({ body }: Answer): Found => JSON.parse(body) as Found;
const totalOf = (answer: Answer): number => (answer.status === 200 ? foundIn(answer).total : Number.NaN);
const isRight = (answer: Answer): boolean =>
  answer.status === 200 && foundIn(answer).items.every(({ staffNo }) => inScope(staffNo));

const folder = mkdtempSync(join(tmpdir(), 'steward-person-search-'));
try {
  const sqlite = await measure(`sqlite:${join(folder, 'bench.db')}`);
  const mariadb = await withMariadb(async (server) => measure(await server.newDatabase()));
  const bars = Object.entries({ sqlite, mariadb }).flatMap(([name, { figures }]) => [
    atMost(`${name}: p95 ms, initials`, figures['initials']?.p95 ?? Number.NaN, 50),
    exactly(
      `${name}: answers that failed or left the scope`,
      Object.values(figures).reduce((sum, { wrong }) => sum + wrong, 0),
      0,
    ),
  ]);
  report('person-search', { people: PEOPLE, units: UNITS, sqlite, mariadb }, bars);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
