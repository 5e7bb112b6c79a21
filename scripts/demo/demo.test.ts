import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryName } from '../../server/features/directory/index.ts';
import { findPeople } from '../../server/features/directory/queries.ts';
import {
  openDirectory,
  SEED,
  type DirectoryStage,
} from '../../server/features/directory/testing/open-directory.ts';
import {
  accessTables,
  createAccess,
  parseRoles,
  type Access,
  type OrgWithRoles,
} from '../../server/features/access/index.ts';
import { createSessions } from '../../server/platform/http/session.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { seedDemo, type Seeded } from '../seed.ts';
import { demoCast, storyCast } from './cast.ts';
import { REPEATED_NAMES, RARE_NAMES } from './names.ts';
import { demoRoster } from './roster.ts';

const FILE = 'test/.tmp/demo/roster.xlsx';
let stage: DirectoryStage;
let access: Access;
let seeded: Seeded | null;
let org: OrgWithRoles;

beforeAll(async () => {
  stage = await openDirectory([...accessTables]);
  access = createAccess({
    db: stage.t.db,
    directory: stage.directory,
    sessions: createSessions({ keys: ['a-session-key-for-tests'], clock: stage.t.clock, secure: false }),
    wecom: {
      oauth: { webLoginUrl: () => '', authorizeUrl: () => '', visitor: async () => ({ kind: 'outsider' }) },
      jsapi: { sign: async () => ({ timestamp: 0, nonceStr: '', signature: '' }) },
      operLog: { admin: async function* () {} },
    },
    corpId: 'ww0000test',
    agentId: 1,
    publicUrl: 'http://localhost:8080',
    roles: parseRoles(JSON.parse(readFileSync('config/roles.json', 'utf8'))),
    appName: '办公助手',
    sandbox: true,
    openPersonal: async () => new Map(),
  });
  seeded = await seedDemo(FILE, { db: stage.t.db, directory: stage.directory, access });
  org = await stage.t.db.read(access.orgOf);
});
afterAll(() => stage.t.close());

const personOf = (key: keyof typeof demoCast) => {
  const person = org.personByUserid(demoCast[key].userid);
  if (!person) throw new Error(`${key} is missing`);
  return person;
};
const unitOf = (code: string) => org.units().find((unit) => unit.code === code)?.unitId ?? '';
const headsOf = (code: string) => org.headsOf(unitOf(code)).map((head) => org.person(head.personId)?.name);

describe('the demo college', () => {
  it('is imported from its file without a fault: 44 units on 3 levels, 600 people', () => {
    expect(seeded?.roster).toMatchObject({ units: { created: 44 }, people: { created: 600 }, faults: [] });
    expect(seeded?.grants.faults).toEqual([]);
    expect(Math.max(...org.units().map((unit) => org.ancestors(unit.unitId).length))).toBe(2);
    expect(['D20', 'D30', 'D40'].map((code) => org.headcount(unitOf(code)))).toEqual([64, 58, 71]);
  });

  it('is the same on every machine and every run', async () => {
    expect(demoRoster()).toEqual(demoRoster());
    const file = await readSheets(readFileSync(FILE));
    expect(file.map((sheet) => sheet.name)).toEqual(['单位', '人员', '岗位', '角色']);
    expect(file).toEqual(demoRoster());
  });

  it('a second start leaves the database alone', async () => {
    expect(await seedDemo(FILE, { db: stage.t.db, directory: stage.directory, access })).toBeNull();
  });

  it('has the people of the story in their places', () => {
    expect(storyCast.map((key) => org.briefOf(personOf(key).personId))).toMatchObject([
      { name: '张雨桐', unitName: '信息工程学院', title: '教师' },
      { name: '陈志远', unitName: '信息工程学院', title: '主任' },
      { name: '王海燕', unitName: '人事处', title: '处长' },
      { name: '林国栋', unitName: '院领导', title: '副院长' },
      { name: '李思雨', unitName: '党政办', title: '秘书' },
      { name: '冯建国', unitName: '桌面运维组（外包）', title: '运维工程师' },
      { name: '吴晓燕', unitName: '人事处', title: '科员' },
    ]);
    expect(personOf('applicant').staffNo).toBe('00731');
    const leaders = org
      .roleHolders('leaderInCharge', unitOf('D20'))
      .map((holder) => org.person(holder.personId)?.name);
    expect(leaders).toEqual(['林国栋']);
    const officers = org
      .roleHolders('attendanceOfficer', null)
      .map((holder) => org.person(holder.personId)?.name);
    expect(officers).toEqual(['周敏']);
    expect(org.roleHolders('superAdmin', null)).toHaveLength(2);
  });

  it('every department below the leaders is in somebody’s charge', () => {
    const departments = org.childrenOf(unitOf('D00')).filter((unit) => !['D01', 'D04'].includes(unit.code));
    for (const unit of departments)
      expect(org.roleHolders('leaderInCharge', unit.unitId), unit.name).toHaveLength(1);
  });

  it('R18 R19 R20 R21 there is somebody for each case', () => {
    expect(headsOf('D2003')).toEqual([]);
    expect(headsOf('D20')).toEqual(['陈志远']);
    expect(headsOf('D2001')).toEqual(['陈志远']);
    expect(headsOf('D00')).toEqual(['赵明德', '周正平']);
    expect(org.headsOf(unitOf('D40')).map((head) => head.title)).toEqual(['院长', '党总支书记', '副院长']);
    expect(org.assignmentsOf(personOf('twoPosts').personId)).toHaveLength(2);
  });

  it('has groups from outside, repeated names, rare surnames and fictional numbers', () => {
    const categories = new Set(org.people().map((p) => categoryName(p.category, p.establishment)));
    expect([...categories].sort()).toEqual(['代管单位', '外包', '编制内', '编外']);
    const names = org.people().map((person) => person.name);
    for (const name of RARE_NAMES) expect(names).toContain(name);
    for (const name of new Set(REPEATED_NAMES))
      expect(names.filter((n) => n === name).length).toBeGreaterThan(1);
    const mobiles =
      demoRoster()[1]
        ?.rows.slice(1)
        .map((row) => row[4] ?? '') ?? [];
    expect(mobiles.every((mobile) => /^199000\d{5}$/.test(mobile))).toBe(true);
    expect(org.people().some((person) => person.userid !== person.userid.toLowerCase())).toBe(true);
  });

  it('is searched as people do', () => {
    const find = (q: string) => findPeople(org, { q, limit: 50 }).items.map((item) => item.name);
    expect(find('zyt')).toContain('张雨桐');
    expect(find('00731')).toEqual(['张雨桐']);
    expect(find('shanxx')).toEqual(['单雄信']);
  });

  it('reaches 企业微信 whole, and a later run makes only the call for what changed', async () => {
    const calls = await stage.push();
    const count = (api: string) => calls.filter((call) => call.api === api).length;
    expect([count('department/create'), count('user/create')]).toEqual([43, 600]);
    expect(await stage.t.db.read((r) => stage.directory.pushState(r))).toMatchObject({
      people: 600,
      written: 600,
      failed: [],
    });
    const renamed = demoRoster().map((sheet) => ({
      name: sheet.name,
      rows: sheet.rows.map((row) => row.map((cell) => (cell === '张雨桐' ? '张雨彤' : cell))),
    }));
    await stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, renamed));
    expect(await stage.push()).toEqual([
      { api: 'user/update', body: { userid: 'zhangyutong', name: '张雨彤' } },
    ]);
  });
});
