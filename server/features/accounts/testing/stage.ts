/** The room on a new database: a small college, every clock real, connectors and rooms played by what is below. */
import { readFileSync } from 'node:fs';
import { notFound } from '../../../kernel/errors.ts';
import type { PersonActor } from '../../../kernel/actor.ts';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { jobTables } from '../../../platform/jobs/index.ts';
import { createLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { createVault } from '../../../platform/vault/index.ts';
import { openTestDb } from '../../../../test/support/test-db.ts';
import type { PersonLike } from '../../directory/index.ts';
import { createSupervision, loadHolidayYears, supervisionTables } from '../../supervision/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import { createCalendar } from '../../../kernel/workdays.ts';
import {
  accountsTables,
  createAccounts,
  parseAccountsSettings,
  type Connector,
  type Identities,
  type Note,
  type Order,
} from '../index.ts';
import type { Filled } from '../contract.ts';
import type { AccountsOrg, HeldRole } from '../org.ts';

export const calendar = createCalendar(loadHolidayYears('config/holidays'));
export const settings = parseAccountsSettings(JSON.parse(readFileSync('config/accounts.json', 'utf8')));

/** `at('2026-11-23 10:20')` in Beijing. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

const PARENTS: Readonly<Record<string, string | null>> = {
  college: null,
  jidian: 'college',
  jixie: 'jidian',
  jingguan: 'college',
  dzb: 'college',
};
const NAMES: Readonly<Record<string, string>> = {
  college: '海州职业技术学院',
  jidian: '机电工程学院',
  jixie: '机械教研室',
  jingguan: '经济管理学院',
  dzb: '党政办',
};
/** As the institution's settings name it. */
const CODES: Readonly<Record<string, string>> = { dzb: 'D02' };
/** Main unit of each person. */
const POSTS: Readonly<Record<string, string>> = {
  zhang: 'jixie',
  fang: 'jixie',
  he: 'jingguan',
  liang: 'college',
  zhao: 'jidian',
  jihead: 'jidian',
  ma: 'jingguan',
  zhou: 'dzb',
  li: 'college',
  hrchief: 'college',
  chen: 'college',
  wu: 'college',
};
const ROLES: Readonly<Record<string, readonly HeldRole[]>> = {
  zhao: [{ role: 'liaison', scopeUnitId: 'jidian' }],
  jihead: [{ role: 'unitHead', scopeUnitId: 'jidian' }],
  ma: [{ role: 'liaison', scopeUnitId: 'jingguan' }],
  zhou: [{ role: 'liaison', scopeUnitId: 'dzb' }],
  li: [{ role: 'hrMaintainer', scopeUnitId: null }],
  hrchief: [{ role: 'hrHead', scopeUnitId: null }],
  chen: [{ role: 'systemAdmin', scopeUnitId: null }],
  wu: [{ role: 'superAdmin', scopeUnitId: null }],
  liang: [{ role: 'leaderInCharge', scopeUnitId: 'jidian' }],
};

export interface WorldState {
  readonly inactive: Set<string>;
  /** Everybody else has the unit of POSTS. */
  readonly people: string[];
  /** Who holds no post any more. */
  readonly postless: Set<string>;
}

export function orgOf({ inactive, people, postless }: WorldState): AccountsOrg {
  const unit = (unitId: string) =>
    unitId in PARENTS
      ? { unitId, code: CODES[unitId] ?? unitId.toUpperCase(), name: NAMES[unitId] ?? unitId }
      : null;
  const lineage = (unitId: string): string[] => {
    const parent = PARENTS[unitId];
    return [unitId, ...(parent ? lineage(parent) : [])];
  };
  const rolesOf = (personId: string) => (inactive.has(personId) ? [] : (ROLES[personId] ?? []));
  const person = (personId: string) =>
    personId in POSTS || people.includes(personId)
      ? { personId, staffNo: `H-${personId}`, name: `${personId}老师`, active: !inactive.has(personId) }
      : null;
  return {
    person,
    personByUserid: (userid) => person(userid.toLowerCase()),
    people: () => [...Object.keys(POSTS), ...people].flatMap((personId) => person(personId) ?? []),
    unit,
    units: () => Object.keys(PARENTS).flatMap((unitId) => unit(unitId) ?? []),
    formerUnits: () => [],
    placeOf: unit,
    mainAssignmentOf: (personId) => {
      const unitId = POSTS[personId];
      return unitId === undefined || postless.has(personId) ? null : { unitId, title: '教师' };
    },
    departmentOf: (unitId) => unit(unitId === 'jixie' ? 'jidian' : unitId),
    ancestors: (unitId) =>
      lineage(unitId)
        .slice(1)
        .flatMap((id) => unit(id) ?? []),
    isWithin: (unitId, aboveId) => lineage(unitId).includes(aboveId),
    headsOf: (unitId) =>
      Object.keys(ROLES)
        .filter((id) => (ROLES[id] ?? []).some((r) => r.role === 'unitHead' && r.scopeUnitId === unitId))
        .map((personId) => ({ personId })),
    rolesOf,
    roleHolders: (role, unitId) =>
      Object.keys(ROLES)
        .filter((id) => rolesOf(id).some((one) => one.role === role && one.scopeUnitId === unitId))
        .map((personId) => ({ personId })),
  };
}

export const actor = (personId: string): PersonActor => ({
  kind: 'person',
  personId,
  name: `${personId}老师`,
  roles: ['staff'],
  via: 'console',
});

export const letter = { number: '机电函〔2026〕7号', fileId: null };

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage(now = '2026-11-23T10:20:00+08:00') {
  const t = await openTestDb(
    [...accountsTables, ...supervisionTables, ...jobTables, AuditEntryTable] as Parameters<
      typeof openTestDb
    >[0],
    { now },
  );
  const supervision = createSupervision({
    db: t.db,
    log: createLog('silent'),
    metrics: createMetrics(),
    calendar,
    publicUrl: 'https://h5.test',
  });
  const world: WorldState = { inactive: new Set(), people: [], postless: new Set() };
  const orders: Order[] = [];
  const notes: Note[] = [];
  const troubles: string[] = [];
  const files = new Map<string, string>();
  const sent: string[] = [];
  const hand: { fail: Error | null } = { fail: null };
  const wecom: Connector = {
    systemCode: 'wecom',
    mode: 'local',
    apply: (_tx, order) => {
      if (hand.fail) return Promise.reject(hand.fail);
      if (!orders.some(({ itemId }) => itemId === order.itemId)) orders.push(order);
      return Promise.resolve({ note: `enable ${order.act}` });
    },
  };
  /** HR's record, as far as a test writes one. */
  const record: PersonLike[] = [];
  const identities: Identities = {
    secretOf: (field, plain) => ({ print: `${field} ${plain}`, masked: plain.replace(/./gu, '*') }),
    peopleLike: (_reads, { personIds = [], idNumberPrints = [], mobilePrints = [], names = [] }) =>
      Promise.resolve(
        record.filter(
          (one) =>
            personIds.includes(one.personId) ||
            idNumberPrints.includes(one.idNumberPrint ?? '') ||
            mobilePrints.includes(one.mobilePrint ?? '') ||
            names.includes(one.name),
        ),
      ),
  };
  const accounts = createAccounts({
    db: t.db,
    clock: t.clock,
    settings,
    orgOf: () => Promise.resolve(orgOf(world)),
    lockPeople: () => Promise.resolve(),
    supervision,
    vault: createVault({
      secrets: ['a-secret-for-accounts-tests'],
      fingerprintSecret: 'a-fingerprint-secret-for-tests',
    }),
    claimFiles: (_tx, fileIds, owner) => {
      for (const fileId of fileIds) files.set(fileId, `${owner.type} ${owner.id}`);
      return Promise.resolve();
    },
    sendFile: (_http, fileId, owner) => {
      if (files.get(fileId) !== `${owner.type} ${owner.id}`) throw notFound('files.unknown');
      sent.push(fileId);
      return Promise.resolve();
    },
    releaseFiles: (_tx, owner) => {
      for (const [fileId, held] of files) if (held === `${owner.type} ${owner.id}`) files.delete(fileId);
      return Promise.resolve();
    },
    identities,
    notify: (_tx, note) => void notes.push(note),
    onTrouble: (_fields, message) => void troubles.push(message),
    connectors: [wecom],
  });
  return {
    t,
    accounts,
    ctx: accounts.context,
    supervision,
    world,
    orders,
    notes,
    troubles,
    files,
    sent,
    hand,
    record,
    read: <T>(work: (reads: Reads) => Promise<T>) => t.db.read(work),
    write: <T>(personId: string, work: (tx: Tx) => Promise<T>) => t.db.write(actor(personId), work),
    go: (text: string) => t.clock.set(at(text)),
    statesOf: (personId: string) => t.db.read((reads) => accounts.statesOf(reads, personId)),
    clocksOf: (subjectType: string, subjectId: string): Promise<ObligationRow[]> =>
      t.db.read((reads) => supervision.listOfSubjects(reads, subjectType, [subjectId])),
  };
}

/** Forms with everything in them. */
export const forms = {
  open: (more: object = {}): Filled =>
    filled('open', { unitId: 'jixie', reportOn: '2026-11-23', category: 'established', ...more }),
  change: (more: object = {}): Filled =>
    filled('change', {
      unitId: 'jixie',
      move: 'within',
      effectiveOn: '2026-11-23',
      reason: '岗位调整',
      changes: [{ item: '职务', before: '教师', after: '教研室主任' }],
      ...more,
    }),
  secondIn: (more: object = {}): Filled =>
    filled('secondIn', {
      homeUnitId: 'jidian',
      hostUnitId: 'jingguan',
      title: '干事',
      fromOn: '2026-11-23',
      untilOn: '2027-05-23',
      ...more,
    }),
  secondOut: (more: object = {}): Filled =>
    filled('secondOut', {
      homeUnitId: 'jidian',
      hostName: '省教育厅',
      hostLetter: { number: '教函〔2026〕3号', fileId: null },
      fromOn: '2026-11-20',
      untilOn: '2026-12-18',
      ...more,
    }),
  lock: (more: object = {}): Filled =>
    filled('lock', {
      unitId: 'jidian',
      fromOn: '2026-11-23',
      cause: 'investigation',
      reason: '纪检立案审查',
      ...more,
    }),
  cancel: (more: object = {}): Filled =>
    filled('cancel', { unitId: 'jixie', leftOn: '2026-11-20', leavingReason: 'retired', ...more }),
};

const DEFAULTS: Readonly<Record<string, object>> = {
  open: { systems: null, need: '', originUnit: '', untilOn: null, reason: '' },
  change: { toUnitId: null, systems: null },
  secondIn: { reason: '' },
  secondOut: { hostUnitId: null, reason: '' },
  lock: { untilOn: null },
  unlock: { returned: true },
  cancel: { reason: '' },
};

export const filled = (kind: Filled['kind'], form: object): Filled =>
  ({ kind, form: { ...DEFAULTS[kind], ...form } }) as Filled;
