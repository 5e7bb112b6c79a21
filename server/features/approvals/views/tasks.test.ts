import { describe, expect, it } from 'vitest';
import { bannerOf, describeTask } from './tasks.ts';
import { holderOf, nextWords } from './holders.ts';
import { decide } from '../engine/decide.ts';
import type { Command } from '../model/commands.ts';
import type { InstanceState } from '../model/state.ts';
import { templateWith } from '../testing/template.ts';
import { orgOf, WorldData } from '../testing/world.ts';

const NAMES = { zhang: '张老师', wang: '王处长', lin: '林院长', li: '李老师', admin: '小周' };
const world = WorldData.parse({
  units: [{ id: 'school', name: '学校', parent: null, kind: 'institution' }],
  people: Object.entries(NAMES).map(([id, name]) => ({ id, name })),
  posts: Object.keys(NAMES).map((id) => ({ id: `${id}1`, person: id, unit: 'school', title: '职员' })),
});
const template = templateWith({
  fields: [{ key: 'reason', type: 'text', label: '事由' }],
  steps: [
    {
      key: 'pool',
      kind: 'approve',
      title: '或签',
      mode: 'any',
      refusal: 'FIRST_ACTION',
      assignees: [{ label: '审批人', by: { rule: 'named', personIds: ['wang', 'lin'] } }],
    },
    {
      key: 'ghost',
      kind: 'approve',
      title: '保密员',
      mode: 'all',
      refusal: 'FAIL_FAST',
      assignees: [{ label: '保密员', by: { rule: 'roleInScope', role: 'ghost', scope: 'school' } }],
    },
  ],
});

let ids = 0;
const act = (state: InstanceState | null, command: Command): InstanceState =>
  decide(state, command, {
    now: Date.parse('2026-11-23T10:20:00+08:00'),
    newId: () => `id${String((ids += 1))}`,
    template,
    org: orgOf(world),
  }).state;
const by = (personId: keyof typeof NAMES) => ({ personId, name: NAMES[personId] });
const taskOf = (state: InstanceState, personId: string): string =>
  state.tasks.find((t) => t.person.personId === personId)?.taskId ?? '';

const submitted = act(null, {
  type: 'submit',
  by: by('zhang'),
  instanceId: 'i',
  number: 'CS-2026-1',
  assignmentId: 'zhang1',
  title: '申请',
  form: {},
  values: {},
  chosen: {},
  forecast: [],
});
const decided = act(submitted, { type: 'approve', by: by('lin'), taskId: taskOf(submitted, 'lin') });

describe('what people are told', () => {
  it('R27: nothing is given away about unknown requests, unknown tasks and other people’s tasks', () => {
    const task = taskOf(submitted, 'wang');
    expect(describeTask(null, task).words).toBe('已失效');
    expect(describeTask(submitted, 'nope').words).toBe('已失效');
    expect(describeTask(submitted, task, 'li').words).toBe('已失效');
    expect(describeTask(submitted, task, 'wang').words).toBe('待审批');
    expect(describeTask(submitted, task).words).toBe('待审批');
  });

  it('R1: the other holder reads who was first, on the card and on top of the page', () => {
    expect(describeTask(decided, taskOf(decided, 'wang'), 'wang')).toMatchObject({
      code: 'approved_by_other',
      words: '已由他人同意',
      sentence: '林院长已先同意，不用再处理。',
      by: { personId: 'lin' },
    });
    expect(bannerOf(decided, 'wang')).toBe('已由林院长处理');
    expect(bannerOf(decided, 'lin')).toBeNull();
    expect(bannerOf(decided, 'zhang')).toBeNull();
  });

  it('R30: who gave a task away reads to whom', () => {
    const taskId = taskOf(submitted, 'wang');
    const moved = act(submitted, { type: 'transfer', by: by('wang'), taskId, toPersonId: 'li' });
    expect(bannerOf(moved, 'wang')).toBe('已转交李老师处理。');
  });

  it('says who has the ball, from the first holder to the end', () => {
    expect(nextWords(submitted)).toBe('接下来由王处长、林院长处理');
    expect(holderOf(submitted)).toMatchObject({ words: '一人处理即可', waiting: false });
    expect(nextWords(decided)).toBe('接下来由管理员指定审批人');
    expect(holderOf(decided)).toMatchObject({
      waiting: true,
      people: [],
      sentence: '现在等管理员指定审批人',
    });
    const withdrawn = act(decided, { type: 'withdraw', by: by('zhang') });
    expect(nextWords(withdrawn)).toBe('已撤回');
    expect(holderOf(withdrawn)).toBeNull();
  });

  it('card words fit a button', () => {
    const states = [submitted, decided, act(submitted, { type: 'withdraw', by: by('zhang') })];
    const words = states.flatMap((s) => s.tasks.map((t) => describeTask(s, t.taskId).words));
    expect(words.every((w) => [...w].length <= 10)).toBe(true);
  });
});
