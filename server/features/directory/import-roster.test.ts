import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditEntryTable } from '../../platform/audit/index.ts';
import { JobTable } from '../../platform/jobs/index.ts';
import type { Org, PersonChange } from './index.ts';
import { PersonTable } from './tables.ts';
import { aMaintainer, openDirectory, SEED, type DirectoryStage } from './testing/open-directory.ts';
import { SMALL, smallRoster, withCell, type SmallRoster } from './testing/small-roster.ts';

let stage: DirectoryStage;
let changes: PersonChange[];
beforeEach(async () => {
  stage = await openDirectory();
  changes = [];
  stage.directory.onPersonChanged(async (_tx, change) => void changes.push(change));
});
afterEach(() => stage.t.close());

const load = (roster?: SmallRoster) =>
  stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster(roster)));
const org = (): Promise<Org> => stage.t.db.read(stage.directory.orgOf);
const byNo = async (staffNo: string) => {
  const found = (await org()).people().find((person) => person.staffNo === staffNo);
  if (!found) throw new Error(`nobody has ${staffNo}`);
  return found;
};

describe('importing a roster', () => {
  it('creates units, people and posts, one act in the record, one push job', async () => {
    const result = await load();
    expect(result).toEqual({
      units: { created: 4, changed: 0 },
      people: { created: 3, changed: 0 },
      posts: { created: 4, changed: 0 },
      faults: [],
    });
    const zhang = await byNo('00731');
    expect(zhang).toMatchObject({ name: '张雨桐', pinyin: 'zhang yu tong', initials: 'zyt', active: true });
    expect(
      (await org()).pathOf((await org()).mainAssignmentOf(zhang.personId)?.unitId ?? '').map((u) => u.name),
    ).toEqual(['信息工程学院', '软件技术教研室']);
    expect(changes.map((change) => change.kind)).toEqual(['hired', 'hired', 'hired']);
    const acts = await stage.t.db.read((r) => r.em.getRepository(AuditEntryTable).find());
    expect(acts.map((act) => act.action)).toEqual(['directory.import']);
    const jobs = await stage.t.db.read((r) => r.em.getRepository(JobTable).find());
    expect(jobs.map((job) => job.name)).toEqual(['directory.pushAll']);
  });

  it('A3 the same file twice changes nothing and pushes nothing', async () => {
    await load();
    const before = await stage.t.db.read(stage.directory.revisionStamp);
    const result = await load();
    expect(result).toMatchObject({
      units: { created: 0, changed: 0 },
      people: { created: 0, changed: 0 },
      posts: { created: 0, changed: 0 },
    });
    expect(await stage.t.db.read(stage.directory.revisionStamp)).toBe(before);
  });

  it('A1 who is missing in the next file stays', async () => {
    await load();
    await load({
      people: SMALL.people.slice(0, 1),
      posts: SMALL.posts.slice(0, 2),
      units: SMALL.units.slice(0, 3),
    });
    expect((await org()).people()).toHaveLength(3);
    expect((await org()).units()).toHaveLength(4);
  });

  it('A4 a bad row is listed with line and column and skipped; the others are taken; nothing falls to the root', async () => {
    const result = await load({
      people: [
        ...SMALL.people,
        ['00900', '', 'nobody', '编制内', '19900000900', ''],
        ['00901', '孙悦', 'sun yue', '临时', '12', ''],
      ],
      posts: [...SMALL.posts, ['00901', 'D99', '主岗', '教师', '否', '', '2020-02-30', '', '']],
    });
    expect(result.people.created).toBe(3);
    expect(result.faults).toEqual([
      { sheet: '岗位', line: 6, column: '单位编号', reason: 'unknown' },
      { sheet: '岗位', line: 6, column: '任职起', reason: 'malformed' },
      { sheet: '人员', line: 5, column: '姓名', reason: 'missing' },
      { sheet: '人员', line: 6, column: '账号', reason: 'malformed' },
      { sheet: '人员', line: 6, column: '人员类别', reason: 'malformed' },
      { sheet: '人员', line: 6, column: '手机', reason: 'malformed' },
    ]);
  });

  it('A4 somebody new needs exactly one main post', async () => {
    const people = [...SMALL.people, ['00901', '孙悦', 'sunyue', '编外', '19900000901', '']];
    const both = [
      ['00901', 'D05', '主岗', '科员', '否', '', '2020-01-01', '', ''],
      ['00901', 'D20', '主岗', '教师', '否', '', '2020-01-01', '', ''],
    ];
    const faultOf = async (posts: typeof both) =>
      (await load({ people, posts: [...SMALL.posts, ...posts] })).faults;
    expect(await faultOf(both)).toEqual([
      { sheet: '人员', line: 5, column: '岗位类型', reason: 'noMainPost' },
    ]);
    expect(await faultOf([])).toEqual([{ sheet: '人员', line: 5, column: '工号', reason: 'postRefused' }]);
    expect((await org()).people()).toHaveLength(3);
  });

  it('A4 an existing person whose row is bad keeps what they have', async () => {
    await load();
    const result = await load({
      people: withCell(SMALL.people, 1, 3, '火星人'),
      posts: withCell(SMALL.posts, 3, 1, 'D99'),
    });
    expect(result.faults.map((fault) => [fault.sheet, fault.column])).toEqual([
      ['岗位', '单位编号'],
      ['人员', '人员类别'],
    ]);
    const wang = await byNo('00163');
    expect((await org()).mainAssignmentOf(wang.personId)?.title).toBe('处长');
    expect(await byNo('00731')).toMatchObject({ category: 'internal', establishment: 'established' });
  });

  it('A4 a unit under an unknown one is refused with everything below it', async () => {
    const result = await load({ units: withCell(SMALL.units, 1, 2, 'D88') });
    expect(result.faults.filter((fault) => fault.sheet === '单位')).toEqual([
      { sheet: '单位', line: 3, column: '上级编号', reason: 'unknown' },
      { sheet: '单位', line: 4, column: '上级编号', reason: 'unknown' },
    ]);
    expect((await org()).people().map((person) => person.name)).toEqual(['王海燕']);
  });

  it('A5 an empty cell leaves the stored value, [清空] clears it', async () => {
    await load();
    await load({ people: withCell(withCell(SMALL.people, 0, 4, ''), 0, 5, '[清空]') });
    const card = await stage.t.db.read(async (r) =>
      stage.directory.contactCard(r, (await byNo('00215')).personId),
    );
    expect(card).toEqual({ mobileMasked: '199****0215', email: null });
    const result = await load({ people: withCell(SMALL.people, 1, 4, '[清空]') });
    expect(result.faults).toEqual([{ sheet: '人员', line: 3, column: '手机', reason: 'noContact' }]);
  });

  it('B1 a userid in other letters is the same member, a changed one the same person', async () => {
    await load();
    const before = await byNo('00731');
    const twice = [...SMALL.people, ['00999', '张雨桐', 'ZHANGYUTONG', '编制内', '19900000999', '']];
    const result = await load({ people: twice });
    expect(result.faults.map((fault) => [fault.line, fault.column, fault.reason])).toContainEqual([
      5,
      '账号',
      'duplicate',
    ]);
    await load({ people: withCell(SMALL.people, 1, 2, 'zhangyt') });
    expect((await org()).people()).toHaveLength(3);
    expect((await byNo('00731')).personId).toBe(before.personId);
    expect((await org()).personByUserid('ZHANGYT')?.personId).toBe(before.personId);
  });

  it('B2 two people of one name stay two', async () => {
    const people = [...SMALL.people, ['00999', '张雨桐', 'zhangyutong2', '编外', '19900000999', '']];
    await load({
      people,
      posts: [...SMALL.posts, ['00999', 'D2001', '主岗', '教师', '否', '', '2020-09-01', '', '']],
    });
    expect((await org()).people().filter((person) => person.name === '张雨桐')).toHaveLength(2);
  });

  it("B4 another active person's mobile or userid is a conflict and changes nothing", async () => {
    await load();
    const result = await load({
      people: [
        ['00215', '陈志远', 'wanghaiyan', '编制内', '', ''],
        ['00731', '张雨桐', 'zhangyutong', '编制内', '+8619900000163', ''],
      ],
    });
    expect(result.faults.map((fault) => [fault.line, fault.column, fault.reason])).toEqual([
      [2, '账号', 'taken'],
      [3, '手机', 'taken'],
    ]);
    expect((await byNo('00215')).userid).toBe('chenzhiyuan');
  });

  it('B4 two people may exchange numbers in one file', async () => {
    await load();
    const swapped = withCell(withCell(SMALL.people, 0, 4, '19900000731'), 1, 4, '19900000215');
    expect((await load({ people: swapped })).faults).toEqual([]);
    const card = await stage.t.db.read(async (r) =>
      stage.directory.contactCard(r, (await byNo('00215')).personId),
    );
    expect(card?.mobileMasked).toBe('199****0731');
  });

  it('C3 a unit moved under its own descendant refuses the whole import before any write', async () => {
    await load();
    const units = withCell(SMALL.units, 1, 2, 'D2001');
    await expect(load({ units, people: withCell(SMALL.people, 0, 1, '陈改名') })).rejects.toMatchObject({
      code: 'directory.tree_broken',
      data: { fault: 'cycle' },
    });
    expect((await byNo('00215')).name).toBe('陈志远');
  });

  it('C12 a post that is gone from the file ends today and stays as history', async () => {
    await load();
    await load({ posts: SMALL.posts.filter((row) => row[1] !== 'D2001' || row[0] !== '00215') });
    const chen = await byNo('00215');
    expect((await org()).assignmentsOf(chen.personId).map((post) => post.title)).toEqual(['主任']);
    expect(changes.at(-1)).toEqual({ personId: chen.personId, kind: 'moved' });
    expect(
      (await load({ posts: SMALL.posts.filter((row) => row[1] !== 'D2001' || row[0] !== '00215') })).posts
        .changed,
    ).toBe(0);
  });

  it('H6 numbers are stored sealed and never in clear', async () => {
    await load();
    const rows = await stage.t.db.read((r) => r.em.getRepository(PersonTable).find());
    expect(JSON.stringify(rows)).not.toMatch(/199000\d{5}/);
    expect(rows.every((row) => row.mobileSealed?.startsWith('v1.'))).toBe(true);
  });

  it('lets only maintainers import', async () => {
    const actor = { ...aMaintainer(), roles: ['staff', 'unitHead'] as const };
    await expect(
      stage.t.db.write(actor, (tx) => stage.directory.importRoster(tx, smallRoster())),
    ).rejects.toMatchObject({ code: 'directory.not_maintainer', status: 403 });
  });
});
