import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SetPeoplePage, SetRequest, SetsPage } from '../../server/features/directory/tags/contract.ts';
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
