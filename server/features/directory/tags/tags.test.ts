import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMaintainer } from '../testing/open-directory.ts';
import { wecomError } from '../testing/recording-client.ts';
import { openLoaded, type LoadedStage } from '../testing/stage.ts';
import { PUSH_TAGS } from './commands.ts';
import type { SetRule } from './definition.ts';
import { TagMirrorTable } from './tables.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const rule = (more: Partial<SetRule> = {}) => ({
  kind: 'rule' as const,
  rule: {
    unitIds: null,
    withSubunits: true,
    categories: null,
    establishments: null,
    titles: null,
    headsOnly: false,
    ...more,
  },
});
const list = (...personIds: string[]) => ({ kind: 'list' as const, personIds });
const put = (name: string, definition: ReturnType<typeof rule> | ReturnType<typeof list>, setId?: string) =>
  stage.act((d, tx) => d.putSet(tx, { setId, name, definition }));
/** What the schedule asks for every five minutes. */
async function look(): Promise<{ api: string; body: Readonly<Record<string, unknown>> }[]> {
  await stage.push();
  const before = stage.wecom.calls.length;
  const job = stage.directory.jobs.find((one) => one.name === PUSH_TAGS);
  await job?.handle({ id: 'look', payload: {}, attempt: 1, now: stage.t.clock.now() });
  return stage.wecom.calls.slice(before);
}
const mirrorOf = (setId: string) =>
  stage.t.db.read((r) => r.em.getRepository(TagMirrorTable).findOneBy({ id: setId }));
const add = (tagid: number, ...userlist: string[]) => ({ api: 'tag/addtagusers', body: { tagid, userlist } });
const take = (tagid: number, ...userlist: string[]) => ({
  api: 'tag/deltagusers',
  body: { tagid, userlist },
});

describe('S1-7.2c tags follow their definition', () => {
  it('S1-7.2c a set by rule is made with two calls; equal again it costs none', async () => {
    await put('信息学院', rule({ unitIds: [await stage.unitOf('D20')] }));
    expect(await stage.push()).toEqual([
      { api: 'tag/create', body: { tagname: '信息学院' } },
      add(1, 'chenzhiyuan', 'ZhangYutong'),
    ]);
    expect(await look()).toEqual([]);
    stage.t.clock.advance(86_400_000);
    expect(await look()).toEqual([]);
  });

  it('S1-7.2c who moves in or out, joins or leaves moves in the tag, one call each', async () => {
    await put('信息学院', rule({ unitIds: [await stage.unitOf('D20')] }));
    await stage.push();
    const [zhang, wang] = [await stage.personOf('00731'), await stage.personOf('00163')];
    const [d05, d20] = [await stage.post('D05'), await stage.post('D20')];
    await stage.act((d, tx) => d.changePosts(tx, zhang, [d05]));
    await stage.act((d, tx) => d.changePosts(tx, wang, [d20]));
    expect(await look()).toEqual([take(1, 'ZhangYutong'), add(1, 'wanghaiyan')]);
    await stage.act((d, tx) => d.endEmployment(tx, wang, { status: 'left', on: '2026-11-23', reason: null }));
    expect(await look()).toEqual([take(1, 'wanghaiyan')]);
    const goal = await stage.newcomer({ posts: [d20] });
    await stage.act((d, tx) => d.putPerson(tx, goal));
    expect(await look()).toEqual([add(1, '00900')]);
    await stage.act((d, tx) => d.lockPerson(tx, zhang));
    expect(await look()).toEqual([]);
  });

  it('S1-7.2c a newcomer whom 企业微信 does not have yet comes into the tag once it has', async () => {
    await put('全体', rule());
    await stage.push();
    stage.wecom.fail = ({ api }) => (api === 'user/create' ? wecomError('retryLater', -1) : null);
    const goal = await stage.newcomer();
    await stage.act((d, tx) => d.putPerson(tx, goal));
    expect(await look()).toEqual([]);
    stage.wecom.fail = null;
    stage.t.clock.advance(30_000);
    expect(await look()).toEqual([add(1, '00900')]);
    expect(await look()).toEqual([]);
  });

  it('S1-7.2c a list changes by name; B7 who leaves is out of it and stays out when employed again', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    const { setId } = await put('值班', list(chen, zhang));
    expect((await stage.push()).at(-1)).toEqual(add(1, 'chenzhiyuan', 'ZhangYutong'));
    expect(await put('值班', list(zhang, chen), setId)).toEqual({ setId, changed: false });
    await put('夜间值班', list(chen, zhang), setId);
    expect(await look()).toEqual([]);
    expect(stage.wecom.calls.at(-1)).toEqual({
      api: 'tag/update',
      body: { tagid: 1, tagname: '夜间值班' },
    });
    await stage.act((d, tx) =>
      d.endEmployment(tx, zhang, { status: 'left', on: '2026-11-23', reason: null }),
    );
    expect(await look()).toEqual([take(1, 'ZhangYutong')]);
    const posts = [await stage.post('D05')];
    await stage.act((d, tx) => d.rehire(tx, zhang, { on: '2026-11-23', posts }));
    expect(await look()).toEqual([]);
    const history = await stage.t.db.read((r) => stage.directory.historyOf(r, 'set', setId));
    expect(history.map((entry) => entry.kind).sort()).toEqual(['changed', 'created', 'left']);
  });

  it('S1-7.2c 2,500 members are three calls, not 2,500', async () => {
    const { tagChanges } = await import('./difference.ts');
    const ids = Array.from({ length: 2_500 }, (_, at) => `p${at}`);
    const userids = new Map(ids.map((id) => [id, `u${id}`]));
    const { add: additions } = tagChanges({ wanted: ids, written: new Set(), userids });
    expect(additions.map((seats) => seats.length)).toEqual([1000, 1000, 500]);
  });

  it('a removed set loses its tag; a tag that was gone already is no fault', async () => {
    const { setId } = await put('全体', rule());
    await stage.push();
    stage.wecom.fail = ({ api }) => (api === 'tag/delete' ? wecomError('fixData', 40068) : null);
    await stage.act((d, tx) => d.removeSet(tx, setId));
    expect(await stage.push()).toEqual([{ api: 'tag/delete', body: { tagid: 1 } }]);
    expect(await mirrorOf(setId)).toBeNull();
    expect(await look()).toEqual([]);
  });
});

describe('what 企业微信 says to it', () => {
  it('D9 a tag of another secret is marked, the others are kept equal', async () => {
    const first = await put('一', rule({ headsOnly: true }));
    await stage.push();
    stage.wecom.fail = ({ body }) => (body.tagid === 1 ? wecomError('fixPermission', 81011) : null);
    await put('一号', rule({ titles: ['教师'] }), first.setId);
    await put('二', rule({ titles: ['教师'] }));
    const calls = await stage.push();
    expect(calls).toContainEqual(add(2, 'ZhangYutong'));
    expect(await mirrorOf(first.setId)).toMatchObject({ state: 'failed', errorCode: 81011, name: '一' });
  });

  it('D5 a name that is taken there is a conflict, unless a creation of ours was cut off', async () => {
    stage.wecom.fail = ({ api }) => (api === 'tag/create' ? wecomError('fixData', 40071) : null);
    stage.wecom.tags = [{ tagid: 77, tagname: '全体' }];
    const { setId } = await put('全体', rule());
    await stage.push();
    expect(await mirrorOf(setId)).toMatchObject({ state: 'failed', errorCode: 40071, tagId: null });
    await stage.t.db.write(aMaintainer(), (tx) =>
      tx.em.getRepository(TagMirrorTable).update({ id: setId }, { state: 'writing' }),
    );
    stage.t.clock.advance(86_400_000);
    expect((await look()).at(-1)).toEqual(add(77, 'wanghaiyan', 'chenzhiyuan', 'ZhangYutong'));
    expect(await mirrorOf(setId)).toMatchObject({ state: 'written', errorCode: null, tagId: 77 });
  });

  it('D11 a tag deleted by hand is made anew', async () => {
    await put('全体', rule());
    await stage.push();
    stage.wecom.fail = ({ body }) => (body.tagid === 1 ? wecomError('fixData', 40068) : null);
    const goal = await stage.newcomer();
    await stage.act((d, tx) => d.putPerson(tx, goal));
    expect(await look()).toEqual([add(1, '00900')]);
    expect((await look()).map((call) => call.api)).toEqual(['tag/create', 'tag/addtagusers']);
    expect(await look()).toEqual([]);
  });

  it('somebody outside the range of the secret is not in the tag, and it is said', async () => {
    stage.wecom.invalidUsers = ['WANGHAIYAN'];
    const { setId } = await put('全体', rule());
    await stage.push();
    expect(await mirrorOf(setId)).toMatchObject({ state: 'failed' });
    stage.wecom.invalidUsers = [];
    stage.t.clock.advance(86_400_000);
    expect(await look()).toEqual([add(1, 'wanghaiyan')]);
    expect(await mirrorOf(setId)).toMatchObject({ state: 'written', errorCode: null });
  });
});

describe('who may', () => {
  it('H3 a set is for maintainers; nobody puts themselves into a list; names are told apart without case', async () => {
    const chen = await stage.personOf('00215');
    const nobody = { ...aMaintainer(chen), roles: ['staff'] as const };
    const goal = { name: '值班', definition: list(chen) };
    await expect(stage.act((d, tx) => d.putSet(tx, goal), nobody)).rejects.toMatchObject({ status: 403 });
    await expect(stage.act((d, tx) => d.putSet(tx, goal), aMaintainer(chen))).rejects.toMatchObject({
      code: 'directory.own_record',
    });
    await put('abc', rule());
    await expect(put('ABC', rule())).rejects.toMatchObject({ code: 'directory.set_name_taken' });
    await expect(put('xyz', list('nobody'))).rejects.toMatchObject({ code: 'directory.unknown_person' });
    await expect(put('xyz', rule(), 'nothing')).rejects.toMatchObject({ code: 'directory.unknown_set' });
  });

  it('a rule whose unit was dissolved holds nobody, never everybody', async () => {
    const { unitId } = await stage.act((d, tx) => d.putUnit(tx, { code: 'D30', name: '图书馆' }));
    await put('图书馆', rule({ unitIds: [unitId] }));
    await stage.act((d, tx) => d.dissolveUnit(tx, unitId));
    const calls = await stage.push();
    expect(calls.filter((call) => call.api === 'tag/addtagusers')).toEqual([]);
  });
});
