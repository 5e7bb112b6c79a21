import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMaintainer } from '../testing/open-directory.ts';
import { openLoaded, type LoadedStage } from '../testing/stage.ts';

let stage: LoadedStage;
let [info, lab, hr] = ['', '', ''];
beforeEach(async () => {
  stage = await openLoaded();
  [info, lab, hr] = [await stage.unitOf('D20'), await stage.unitOf('D2001'), await stage.unitOf('D05')];
});
afterEach(() => stage.t.close());

const merge = (from: string, successorId: string) =>
  stage.act((d, tx) => d.mergeUnit(tx, from, { successorId }));
const orgOn = (date: string) => stage.t.db.read((r) => stage.directory.directoryOn(r, date));
const postsOf = async (personId: string) =>
  (await stage.t.db.read((r) => stage.directory.lookups.postsOf(r, personId))).map(
    ({ unitId, kind, title, isHead, sinceOn }) => ({ unitId, kind, title, isHead, sinceOn }),
  );

describe('a unit that goes into another', () => {
  it('S1-7.2a people, sub-units and posts move, heads are heads no more, and the unit is over', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    expect(await merge(info, hr)).toBe(true);
    expect(await postsOf(chen)).toEqual([
      { unitId: hr, kind: 'main', title: '主任', isHead: false, sinceOn: '2026-11-23' },
      { unitId: lab, kind: 'concurrent', title: '教研室主任', isHead: true, sinceOn: '2021-03-01' },
    ]);
    expect(await postsOf(zhang)).toMatchObject([{ unitId: lab, sinceOn: '2019-09-01' }]);
    const org = await stage.t.db.read((r) => stage.directory.orgOf(r));
    expect(org.unit(info)).toMatchObject({ state: 'removed' });
    expect(org.unit(lab)).toMatchObject({ state: 'active', parentId: hr });
    expect(stage.changes).toEqual([{ personId: chen, kind: 'moved' }]);
    expect(await merge(info, hr)).toBe(false);
  });

  it('the directory of the day before still has it, and the history says what became of it', async () => {
    const chen = await stage.personOf('00215');
    await merge(info, hr);
    const [before, after] = [await orgOn('2026-11-22'), await orgOn('2026-11-23')];
    expect(before.mainAssignmentOf(chen)?.unitId).toBe(info);
    expect(before.unit(lab)?.parentId).toBe(info);
    expect(after.mainAssignmentOf(chen)?.unitId).toBe(hr);
    expect(after.unit(info)).toBeNull();
    const history = (id: string) => stage.t.db.read((r) => stage.directory.historyOf(r, 'unit', id));
    expect((await history(info))[0]).toMatchObject({ kind: 'dissolved', after: { successorId: hr } });
    expect((await history(hr))[0]).toMatchObject({
      kind: 'merged',
      after: { fromId: info, people: 1, units: 1 },
    });
  });

  it('C1, C6 企业微信 gets the people first, a minute later the tree; a call each', async () => {
    await merge(info, hr);
    expect(await stage.push()).toMatchObject([
      { api: 'user/update', body: { userid: 'chenzhiyuan', department: [3, 4] } },
    ]);
    stage.t.clock.advance(60_000);
    expect(await stage.push()).toEqual([
      { api: 'department/update', body: { id: 4, parentid: 3 } },
      { api: 'department/delete', body: { id: 2 } },
    ]);
  });

  it('C7 who has a post in both keeps the one there, as the main one when the other was', async () => {
    const chen = await stage.personOf('00215');
    const posts = [
      await stage.post('D20', { title: '主任' }),
      await stage.post('D05', { kind: 'concurrent' }),
    ];
    await stage.act((d, tx) => d.changePosts(tx, chen, posts));
    await merge(info, hr);
    expect(await postsOf(chen)).toMatchObject([{ unitId: hr, kind: 'main', title: '科员' }]);
  });

  it('C12 whose post there is dated does not lose the main one before it begins or after it ends', async () => {
    const chen = await stage.personOf('00215');
    const dated = {
      kind: 'concurrent',
      title: '科员',
      sinceOn: '2026-12-01',
      untilOn: '2027-06-30',
    } as const;
    const posts = [await stage.post('D20', { title: '主任' }), await stage.post('D05', dated)];
    await stage.act((d, tx) => d.changePosts(tx, chen, posts));
    await merge(info, hr);
    const held = await stage.t.db.read((r) => stage.directory.lookups.postsOf(r, chen));
    expect(held).toMatchObject([
      { unitId: hr, kind: 'main', title: '主任', isHead: false, sinceOn: '2026-11-23', untilOn: null },
    ]);
    const org = await stage.t.db.read((r) => stage.directory.orgOf(r));
    expect(org.mainAssignmentOf(chen)?.unitId).toBe(hr);
  });

  it('whoever asks who changed since is told of those who moved', async () => {
    const [chen, wang] = [await stage.personOf('00215'), await stage.personOf('00163')];
    const since = stage.t.clock.now() + 1;
    stage.t.clock.advance(60_000);
    await merge(info, hr);
    const changed: { id: string }[] = await stage.t.db.read((r) =>
      r.em.query('select id from person where updatedAt >= ? and id in (?, ?)', [since, chen, wang]),
    );
    expect(changed.map(({ id }) => id)).toEqual([chen]);
  });

  it('C3, C4, H3 not into itself, what lies in it or a name that is there; not with oneself in it', async () => {
    for (const into of [info, lab])
      await expect(merge(info, into)).rejects.toMatchObject({ code: 'directory.unit_cycle' });
    const wang = await stage.personOf('00163');
    await expect(
      stage.act((d, tx) => d.mergeUnit(tx, hr, { successorId: info }), aMaintainer(wang)),
    ).rejects.toMatchObject({ code: 'directory.own_record' });
    expect(await postsOf(wang)).toMatchObject([{ unitId: hr }]);
    await stage.act((d, tx) => d.putUnit(tx, { code: 'D0501', name: '软件技术教研室', parentCode: 'D05' }));
    await expect(merge(info, hr)).rejects.toMatchObject({ code: 'directory.unit_name_taken' });
    expect((await stage.t.db.read(stage.directory.orgOf)).unit(info)).toMatchObject({ state: 'active' });
  });
});
