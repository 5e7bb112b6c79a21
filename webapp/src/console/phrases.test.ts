import { describe, expect, it } from 'vitest';
import { w as audit } from './audit/words.ts';
import { w } from './accounts/words.ts';
import { w as people } from './people/words.ts';
import { s } from './hr/sources/words.ts';
import { b } from './hr/batch/words.ts';
import { p } from './hr/plan/words.ts';
import { r as run } from './hr/run/words.ts';
import { w as templates } from './templates/words.ts';
import { w as packages } from './packages/words.ts';
import { w as leave } from './leave/words.ts';
import { w as corrections } from './corrections/words.ts';
import { t } from './phrases.ts';
import { r } from './rights/words.ts';
import { w as scim } from './scim/words.ts';
import { w as sets } from './sets/words.ts';
import { right } from './ui/right-words.ts';
import { w as meetingRooms } from './meeting-rooms/words.ts';
import { u as undertakings } from './undertakings/words.ts';
import { texts } from './testing/texts.ts';

describe.each([
  ['the shell', t, 60],
  ['the pages of imported rosters', b, 80],
  ['the pages of runs', run, 60],
  ['the words for who may not', right, 50],
  ['the pages of leave', leave, 60],
  ['the pages of templates', templates, 40],
  ['the page of packages', packages, 30],
  ['the accounts pages', w, 250],
  ['the rights pages', r, 60],
  ['the sources page', s, 100],
  ['the plan pages', p, 100],
  ['the people pages', people, 60],
  ['the audit page', audit, 60],
  ['the correction pages', corrections, 40],
  ['the pages of sets', sets, 130],
  ['the pages of undertakings', undertakings, 60],
  ['the pages of meeting rooms', meetingRooms, 60],
  ['the page of identity systems', scim, 80],
])('the copy rules of %s', (_, words, least) => {
  const all = texts(words);
  it('finds the texts', () => expect(all.length).toBeGreaterThan(least));
  it('says 您, never 你', () => expect(all.filter((text) => text.includes('你'))).toEqual([]));
  it('has no exclamation marks', () => expect(all.filter((text) => /[!！]/.test(text))).toEqual([]));
  it('has no emoji', () => expect(all.filter((text) => /\p{Extended_Pictographic}/u.test(text))).toEqual([]));
  it('does not talk like a machine', () =>
    expect(
      all.filter((text) => /操作失败|请重试|暂无数据|数据异常|同步中|确定要|任务节点/.test(text)),
    ).toEqual([]));
  it('leaves no function or undefined in a text', () =>
    expect(all.filter((text) => /undefined|=>|NaN/.test(text))).toEqual([]));
});
