import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../../../kernel/actor.ts';
import { WeComError } from '../../../../wecom/index.ts';
import { aMaintainer } from '../../testing/open-directory.ts';
import { wecomError } from '../../testing/recording-client.ts';
import { openLoaded, type LoadedStage } from '../../testing/stage.ts';
import type { SetRule } from '../definition.ts';
import { putBackTag } from './commands.ts';
import { COMPARE_TAGS } from './jobs.ts';
import { TagFindingTable } from './tables.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const EVERYBODY: SetRule = {
  unitIds: null,
  withSubunits: true,
  categories: null,
  establishments: null,
  titles: null,
  headsOnly: false,
};
const ALL = ['wanghaiyan', 'chenzhiyuan', 'ZhangYutong'];
const holds = (
  tagid: number,
  users: readonly string[],
  more: { tagname?: string; parties?: number[] } = {},
) =>
  stage.wecom.held.set(tagid, {
    tagname: '全体',
    parties: [],
    users: users.map((userid) => ({ userid })),
    ...more,
  });
async function aTag(): Promise<string> {
  const { setId } = await stage.act((d, tx) =>
    d.putSet(tx, { name: '全体', definition: { kind: 'rule', rule: EVERYBODY } }),
  );
  await stage.push();
  return setId;
}
/** What the schedule asks for at night. @returns the calls that write */
async function compare(payload: object = {}) {
  const before = stage.wecom.calls.length;
  const job = stage.directory.jobs.find((one) => one.name === COMPARE_TAGS);
  await job?.handle({ id: 'look', payload, attempt: 1, now: stage.t.clock.now() });
  return stage.wecom.calls.slice(before).filter(({ api }) => api !== 'tag/get');
}
const findings = async () =>
  (await stage.t.db.read((r) => r.em.getRepository(TagFindingTable).find({ order: { id: 'ASC' } }))).map(
    ({ kind, state, words }) => ({ kind, state, ...(words !== null && { words }) }),
  );

describe('S1-7.2c D11 a tag changed by somebody else is put back', () => {
  it('an equal tag costs one call and nothing is noted', async () => {
    await aTag();
    holds(1, ALL);
    const before = stage.wecom.calls.length;
    expect(await compare()).toEqual([]);
    expect(stage.wecom.calls.length - before).toBe(1);
    expect(await findings()).toEqual([]);
  });

  it('taken out, put in, a stranger, a department, another name: one call each, all told', async () => {
    await aTag();
    const rule = { ...EVERYBODY, headsOnly: true };
    await stage.act((d, tx) => d.putSet(tx, { name: '负责人', definition: { kind: 'rule', rule } }));
    await stage.push();
    holds(1, ['wanghaiyan', 'chenzhiyuan', 'mallory'], { tagname: '改了', parties: [7] });
    holds(2, ['wanghaiyan', 'chenzhiyuan', 'zhangyutong'], { tagname: '负责人' });
    expect(await compare()).toEqual([
      { api: 'tag/deltagusers', body: { tagid: 1, userlist: ['mallory'] } },
      { api: 'tag/deltagusers', body: { tagid: 1, partylist: [7] } },
      { api: 'tag/update', body: { tagid: 1, tagname: '全体' } },
      { api: 'tag/addtagusers', body: { tagid: 1, userlist: ['ZhangYutong'] } },
      { api: 'tag/deltagusers', body: { tagid: 2, userlist: ['ZhangYutong'] } },
    ]);
    expect(await findings()).toEqual([
      { kind: 'renamed', state: 'putBack', words: '改了' },
      { kind: 'takenOut', state: 'putBack' },
      { kind: 'stranger', state: 'putBack' },
      { kind: 'department', state: 'putBack' },
      { kind: 'putIn', state: 'putBack' },
    ]);
    holds(1, ALL);
    holds(2, ['wanghaiyan', 'chenzhiyuan'], { tagname: '负责人' });
    expect(await compare()).toEqual([]);
  });

  it('a tag that was deleted is made anew', async () => {
    await aTag();
    const gone = Object.assign(Object.create(WeComError.prototype) as object, {
      handling: 'fixData',
      errcode: 40068,
    });
    Object.assign(stage.wecom.tag, { get: () => Promise.reject(gone as unknown as Error) });
    expect(await compare()).toEqual([
      { api: 'tag/create', body: { tagname: '全体' } },
      { api: 'tag/addtagusers', body: { tagid: 2, userlist: ALL } },
    ]);
    expect(await findings()).toEqual([{ kind: 'deleted', state: 'putBack' }]);
  });

  it('D9 what 企业微信 refuses stays told, and is settled once it was taken', async () => {
    await aTag();
    holds(1, ALL.slice(1));
    stage.wecom.fail = ({ api }) => (api === 'tag/addtagusers' ? wecomError('fixPermission', 81011) : null);
    await compare();
    expect(await findings()).toEqual([{ kind: 'takenOut', state: 'open' }]);
    stage.wecom.fail = null;
    expect(await compare()).toEqual([
      { api: 'tag/addtagusers', body: { tagid: 1, userlist: ['wanghaiyan'] } },
    ]);
    expect(await findings()).toEqual([{ kind: 'takenOut', state: 'putBack' }]);
  });

  it('whom 企业微信 does not show is written three nights of a week, then left to a person', async () => {
    const setId = await aTag();
    holds(1, ALL.slice(1));
    for (let night = 0; night < 5; night += 1) {
      stage.t.clock.advance(86_400_000);
      expect(await compare()).toHaveLength(night < 3 ? 1 : 0);
    }
    expect((await findings()).map(({ state }) => state)).toEqual(['putBack', 'putBack', 'putBack', 'held']);
    await stage.t.db.write(aMaintainer(), (tx) => putBackTag(tx, setId, 1));
    expect(await stage.push()).toContainEqual({
      api: 'tag/addtagusers',
      body: { tagid: 1, userlist: ['wanghaiyan'] },
    });
    holds(1, ALL);
    expect(await compare()).toEqual([]);
    expect((await findings()).at(-1)?.state).toBe('putBack');
  });

  it('D3 fifty-one strangers wait for a person, who says for how many; nothing else does', async () => {
    const setId = await aTag();
    const strangers = Array.from({ length: 51 }, (_, at) => `other${at}`);
    holds(1, [...ALL.slice(1), ...strangers]);
    expect(await compare()).toEqual([
      { api: 'tag/addtagusers', body: { tagid: 1, userlist: ['wanghaiyan'] } },
    ]);
    const waiting = (await findings()).filter(({ state }) => state === 'held');
    expect(waiting).toHaveLength(51);
    const release = (seen: number, actor = aMaintainer()) =>
      stage.t.db.write(actor, (tx) => putBackTag(tx, setId, seen));
    await expect(release(50)).rejects.toMatchObject({ status: 409 });
    await expect(release(51, { ...aMaintainer(), roles: ['staff'] })).rejects.toMatchObject({ status: 403 });
    await release(51);
    holds(1, [...ALL, ...strangers.slice(1)]);
    const calls = await stage.push();
    expect(calls.at(-1)).toEqual({
      api: 'tag/deltagusers',
      body: { tagid: 1, userlist: strangers.slice(1) },
    });
    const states = (await findings()).map(({ state }) => state);
    expect(states.filter((state) => state === 'gone')).toHaveLength(1);
    expect(states.filter((state) => state === 'putBack')).toHaveLength(51);
  });

  it('D10 an event asks for that one tag, once a minute; of another tag nobody asks', async () => {
    await aTag();
    const event = (tagId: string) => ({
      kind: 'contactChanged' as const,
      change: 'update_tag' as const,
      tagId,
      addedUserIds: [],
      removedUserIds: ['zhangyutong'],
      addedDepartmentIds: [],
      removedDepartmentIds: [],
      createdAt: stage.t.clock.now(),
      fromUserName: 'sys',
      toUserName: 'corp',
    });
    holds(1, ALL.slice(0, 2));
    for (const tagId of ['1', '1', '99']) await stage.directory.onTagChanged(event(tagId) as never);
    expect(await stage.push()).toEqual([]);
    stage.t.clock.advance(60_000);
    expect(await stage.push()).toEqual([
      { api: 'tag/get', body: { tagid: 1 } },
      { api: 'tag/addtagusers', body: { tagid: 1, userlist: ['ZhangYutong'] } },
    ]);
    const rows = await stage.t.db.read((r) => r.em.getRepository(TagFindingTable).find());
    expect(rows).toMatchObject([{ foundBy: 'event', kind: 'takenOut', state: 'putBack' }]);
  });

  it('a set given up takes its findings along', async () => {
    const setId = await aTag();
    holds(1, [...ALL, ...Array.from({ length: 51 }, (_, at) => `other${at}`)]);
    await compare();
    await stage.t.db.write(systemActor('test'), (tx) => stage.directory.removeSet(tx, setId));
    await stage.push();
    await compare();
    expect((await findings()).filter(({ state }) => state === 'held')).toEqual([]);
  });
});
