import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  FindAnswer,
  FindingsPage,
  PreviewAnswer,
  SetAnswer,
  SetPeoplePage,
  SetRequest,
  SetsPage,
} from '../../server/features/directory/tags/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';

let s: Started;
let hr: Client;
beforeEach(async () => {
  s = await startApp();
  hr = await s.signIn(demoCast.hrMaintainer.userid);
});
afterEach(() => s.close());

const SETS = '/api/directory/sets';
const HEADS: SetRequest = {
  name: '部门负责人',
  definition: {
    kind: 'rule',
    rule: {
      unitIds: null,
      withSubunits: true,
      categories: null,
      establishments: null,
      titles: null,
      headsOnly: true,
    },
  },
};
/** The tag as 企业微信 has it: sorted userids. */
function tagInWeCom(name: string): string[] | null {
  const call = (api: string, query: Record<string, string> = {}) =>
    s.sandbox.control.adminCall({ api, query }) as Record<string, unknown>;
  const tags = call('tag/list')['taglist'] as { tagid: number; tagname: string }[];
  const tag = tags.find(({ tagname }) => tagname === name);
  if (!tag) return null;
  const users = call('tag/get', { tagid: String(tag.tagid) })['userlist'] as { userid: string }[];
  return users.map(({ userid }) => userid.toLowerCase()).sort();
}

it('S1-7.2c a set made by HR is a tag in 企业微信, follows the directory, and goes with its set', async () => {
  const { setId } = await hr.post<{ setId: string }>(SETS, HEADS);
  await s.settle();
  const people = await hr.get<SetPeoplePage>(`${SETS}/${setId}/people?limit=50`);
  const inTag = tagInWeCom(HEADS.name);
  expect(inTag).toHaveLength(people.total);
  expect(people.items.every((one) => one.inTag)).toBe(true);
  expect(inTag).toContain(demoCast.unitHead.userid);

  const org = await s.app.db.read(s.app.directory.orgOf);
  const head = org.personByUserid(demoCast.unitHead.userid)?.personId ?? '';
  await s.app.db.write(systemActor('test'), async (tx) => {
    const posts = await s.app.directory.lookups.postsOf(tx, head);
    await s.app.directory.changePosts(
      tx,
      head,
      posts.map((post) => ({ ...post, isHead: false, headRank: null })),
    );
  });
  await s.advance(5 * 60_000);
  expect(tagInWeCom(HEADS.name)).toEqual(inTag?.filter((userid) => userid !== demoCast.unitHead.userid));
  const { items } = await hr.get<SetsPage>(SETS);
  expect(items).toMatchObject([{ name: HEADS.name, tag: { state: 'written', members: people.total - 1 } }]);

  await hr.post(`${SETS}/${setId}/remove`);
  await s.settle();
  expect(tagInWeCom(HEADS.name)).toBeNull();
});

it('H1 sets are read and made by those who keep the roster alone', async () => {
  const somebody = await s.signIn(demoCast.unitHead.userid);
  for (const path of [SETS, `${SETS}/${'0'.repeat(32)}/people`])
    expect((await somebody.raw('GET', path)).status).toBe(403);
  expect((await somebody.send('post', SETS, HEADS)).status).toBe(403);
  expect((await somebody.send('post', `${SETS}/${'0'.repeat(32)}/remove`, {})).status).toBe(403);
});

it('S1-7.2c a rule shows whom it would hold, keeps its history, and an older version is not written over', async () => {
  const { setId } = await hr.post<{ setId: string }>(SETS, HEADS);
  await s.settle();
  const before = await hr.get<SetAnswer>(`${SETS}/${setId}`);
  expect(before).toMatchObject({ waiting: 0, tagName: HEADS.name, tag: { standing: 'equal', leaving: 0 } });
  const rule = { ...(before.rule ?? expect.fail('no rule')), headsOnly: false, titles: ['没有这个岗位'] };
  const preview = await hr.post<PreviewAnswer>(`${SETS}/preview`, { setId, rule });
  expect(preview).toMatchObject({ people: 0, first: [], joining: 0, leaving: before.people });
  expect((await hr.get<SetAnswer>(`${SETS}/${setId}`)).people).toBe(before.people);

  const change = { setId, name: '新负责人', definition: { kind: 'rule', rule }, version: before.version };
  await hr.post(SETS, change);
  expect((await hr.send('post', SETS, { ...change, name: '又一次' })).status).toBe(409);
  const now = await hr.get<SetAnswer>(`${SETS}/${setId}`);
  expect(now).toMatchObject({ people: 0, tag: { standing: 'coming', leaving: before.people } });
  expect(now.history.map(({ kind, renamed }) => [kind, renamed])).toEqual([
    ['changed', { from: HEADS.name, to: '新负责人' }],
    ['created', null],
  ]);
  expect(now.history[0]).toMatchObject({ rule: { before: { headsOnly: true }, after: rule } });
  await s.settle();
  expect(await hr.get<SetAnswer>(`${SETS}/${setId}`)).toMatchObject({ tag: { standing: 'equal' } });
});

it('S1-7.2c a list takes people by number, by name and lets them go, and says who', async () => {
  const [first = '', second = ''] = [demoCast.applicant.userid, demoCast.unitHead.userid];
  const org = await s.app.db.read(s.app.directory.orgOf);
  const [a, b] = [org.personByUserid(first), org.personByUserid(second)];
  const staffNos = [a?.staffNo ?? '', '不存在', b?.staffNo ?? '', a?.staffNo ?? ''];
  const { found, missing } = await hr.post<FindAnswer>(`${SETS}/find`, { staffNos });
  expect([found.map(({ name }) => name), missing]).toEqual([[a?.name, b?.name], ['不存在']]);

  const { setId } = await hr.post<{ setId: string }>(SETS, {
    name: '值班',
    definition: { kind: 'list', personIds: [a?.personId] },
  });
  await hr.post(`${SETS}/${setId}/list`, { name: '夜间值班', add: [b?.personId], take: [a?.personId] });
  await s.settle();
  expect(tagInWeCom('夜间值班')).toEqual([second.toLowerCase()]);
  const { items, total } = await hr.get<SetPeoplePage>(`${SETS}/${setId}/people?q=${b?.staffNo}`);
  expect([items.map((one) => [one.staffNo, one.inTag, one.isMember]), total]).toEqual([
    [[b?.staffNo, true, true]],
    1,
  ]);
  expect((await hr.get<SetPeoplePage>(`${SETS}/${setId}/people?q=zzz`)).total).toBe(0);
  const { history } = await hr.get<SetAnswer>(`${SETS}/${setId}`);
  expect(history[0]).toMatchObject({
    kind: 'changed',
    added: { people: 1, first: [b?.name] },
    taken: { people: 1, first: [a?.name] },
  });
  const rule = await hr.post<{ setId: string }>(SETS, HEADS);
  const refused = await hr.send('post', `${SETS}/${rule.setId}/list`, { add: [b?.personId], take: [] });
  expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'directory.set_by_rule' }]);
});

it('D9 what was cured is written at once when somebody says so', async () => {
  const { setId } = await hr.post<{ setId: string }>(SETS, HEADS);
  await s.settle();
  const tag = { tagname: '占用' };
  s.sandbox.control.adminCall({ api: 'tag/create', query: {}, body: tag });
  await hr.post(SETS, { ...HEADS, setId, name: tag.tagname });
  await s.settle();
  expect((await hr.get<SetAnswer>(`${SETS}/${setId}`)).tag).toMatchObject({
    standing: 'refused',
    errorCode: 40071,
  });
  const { taglist } = s.sandbox.control.adminCall({ api: 'tag/list', query: {} }) as {
    taglist: { tagid: number; tagname: string }[];
  };
  const other = taglist.find(({ tagname }) => tagname === tag.tagname)?.tagid ?? 0;
  s.sandbox.control.adminCall({ api: 'tag/delete', query: { tagid: String(other) } });
  await hr.post(`${SETS}/${setId}/again`, {});
  await s.settle();
  expect((await hr.get<SetAnswer>(`${SETS}/${setId}`)).tag).toMatchObject({ standing: 'equal' });
  expect(tagInWeCom(tag.tagname)).not.toBeNull();
});

/** An administrator at the console of 企业微信. */
const byHand = (api: string, body: Record<string, unknown>, query: Record<string, string> = {}) =>
  s.sandbox.control.adminCall({ api, operator: demoCast.unitHead.userid, query, body }) as {
    errcode: number;
  };
const tagIdOf = (name: string): number => {
  const { taglist } = s.sandbox.control.adminCall({ api: 'tag/list', query: {} }) as {
    taglist: { tagid: number; tagname: string }[];
  };
  return taglist.find(({ tagname }) => tagname === name)?.tagid ?? 0;
};

it('S1-7.2c D11 a tag changed at the console is put back within minutes, and it is told who did it', async () => {
  s.sandbox.control.adminCorp({ operLog: true });
  const { setId } = await hr.post<{ setId: string }>(SETS, HEADS);
  await s.settle();
  // The comparison that every start makes may have waited for the push of the tag.
  await s.advance(10_000);
  const before = tagInWeCom(HEADS.name);
  const [first = ''] = before ?? [];
  const outsider = demoCast.applicant.userid;
  const tagid = tagIdOf(HEADS.name);
  expect(byHand('tag/deltagusers', { tagid, userlist: [first] }).errcode).toBe(0);
  expect(byHand('tag/addtagusers', { tagid, userlist: [outsider] }).errcode).toBe(0);
  expect(tagInWeCom(HEADS.name)).not.toEqual(before);
  await s.settle();
  await s.advance(60_000);
  expect(tagInWeCom(HEADS.name)).toEqual(before);
  const { items, total } = await hr.get<FindingsPage>(`${SETS}/${setId}/findings`);
  expect([total, items.map(({ kind, state, foundBy }) => [kind, state, foundBy]).sort()]).toEqual([
    2,
    [
      ['putIn', 'putBack', 'event'],
      ['takenOut', 'putBack', 'event'],
    ],
  ]);
  expect(items.map(({ by }) => by?.userid)).toEqual([demoCast.unitHead.userid, demoCast.unitHead.userid]);
  expect((await hr.get<SetAnswer>(`${SETS}/${setId}`)).tag).toMatchObject({ standing: 'equal', changes: 0 });
  // One a page: the second follows the first.
  const page = await hr.get<FindingsPage>(`${SETS}/${setId}/findings?limit=1`);
  const next = await hr.get<FindingsPage>(`${SETS}/${setId}/findings?limit=1&cursor=${page.next}`);
  expect([page.items[0]?.findingId, next.items[0]?.findingId, next.next]).toEqual([
    items[0]?.findingId,
    items[1]?.findingId,
    null,
  ]);
});

it('S1-7.2c another name and a deletion send no event: the night finds them', async () => {
  await hr.post<{ setId: string }>(SETS, HEADS);
  const duty = { ...HEADS, name: '值班' };
  await hr.post<{ setId: string }>(SETS, duty);
  await s.settle();
  const people = tagInWeCom('值班');
  byHand('tag/update', { tagid: tagIdOf(HEADS.name), tagname: '改了' });
  byHand('tag/delete', {}, { tagid: String(tagIdOf('值班')) });
  await s.advance(24 * 60 * 60_000);
  expect([tagInWeCom(HEADS.name), tagInWeCom('改了'), tagInWeCom('值班')]).toEqual([people, null, people]);
});

it('D3 a whole department put into a tag waits for a person, who says so on the page', async () => {
  const { setId } = await hr.post<{ setId: string }>(SETS, HEADS);
  await s.settle();
  const before = tagInWeCom(HEADS.name);
  const tagid = tagIdOf(HEADS.name);
  byHand('tag/addtagusers', { tagid, partylist: [1] });
  await s.settle();
  await s.advance(60_000);
  const { tag } = await hr.get<SetAnswer>(`${SETS}/${setId}`);
  expect(tag).toMatchObject({ standing: 'changed', changes: 1, held: 1 });
  expect((await hr.send('post', `${SETS}/${setId}/put-back`, { held: 2 })).status).toBe(409);
  const somebody = await s.signIn(demoCast.unitHead.userid);
  expect((await somebody.send('post', `${SETS}/${setId}/put-back`, { held: 1 })).status).toBe(403);
  await hr.post(`${SETS}/${setId}/put-back`, { held: 1 });
  await s.settle();
  const call = { api: 'tag/get', query: { tagid: String(tagid) } };
  expect(s.sandbox.control.adminCall(call)).toMatchObject({ partylist: [] });
  expect(tagInWeCom(HEADS.name)).toEqual(before);
  const { items } = await hr.get<FindingsPage>(`${SETS}/${setId}/findings`);
  expect(items).toMatchObject([{ kind: 'department', state: 'putBack', releasedBy: expect.any(String) }]);
});
