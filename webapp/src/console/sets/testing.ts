/** Sample answers, all names fictional. */
import { at } from '../testing/shell.ts';
import type { Rule, SetAnswer, SetBrief, SetPeoplePage, TagFinding } from './api.ts';

export const rule = (part: Partial<Rule> = {}): Rule => ({
  unitIds: ['u9'],
  withSubunits: true,
  categories: ['internal'],
  establishments: null,
  titles: ['实验员'],
  headsOnly: false,
  ...part,
});

export const tag = (part: Partial<SetBrief['tag']> = {}): SetBrief['tag'] => ({
  state: 'written',
  standing: 'equal',
  members: 12,
  joining: 0,
  leaving: 0,
  errorCode: null,
  changes: 0,
  held: 0,
  comparedAt: at,
  ...part,
});

export const finding = (n: number, part: Partial<TagFinding> = {}): TagFinding => ({
  findingId: `f${n}`,
  kind: 'takenOut',
  state: 'putBack',
  name: `第${n}位`,
  personId: `p${n}`,
  foundBy: 'event',
  happenedAt: at,
  foundAt: at,
  by: { userid: 'admin', name: '石老师', at },
  releasedBy: null,
  settledAt: at,
  ...part,
});

export const brief = (part: Partial<SetBrief> = {}): SetBrief => ({
  setId: 's1',
  name: '实验室安全员',
  kind: 'rule',
  rule: rule(),
  units: [{ unitId: 'u9', name: '信息工程学院', dissolved: false }],
  version: 3,
  people: 12,
  tag: tag(),
  ...part,
});

export const set = (part: Partial<SetAnswer> = {}): SetAnswer => ({
  ...brief(),
  waiting: 0,
  tagName: '实验室安全员',
  tagAt: at,
  history: [
    {
      eventId: 'e2',
      at,
      by: '李老师',
      kind: 'changed',
      renamed: { from: '安全员', to: '实验室安全员' },
      rule: { before: rule({ titles: null }), after: rule() },
      added: null,
      taken: null,
    },
    {
      eventId: 'e1',
      at,
      by: null,
      kind: 'created',
      renamed: null,
      rule: { before: null, after: rule({ titles: null }) },
      added: null,
      taken: null,
    },
  ],
  ...part,
});

export const list = (part: Partial<SetAnswer> = {}): SetAnswer =>
  set({ kind: 'list', rule: null, units: [], ...part });

export const person = (n: number, inTag = true): SetPeoplePage['items'][number] => ({
  personId: `p${n}`,
  name: `第${n}位`,
  unitName: '信息工程学院',
  title: '实验员',
  staffNo: `H${n}`,
  inTag,
  isMember: true,
});
