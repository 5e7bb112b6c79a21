import { describe, expect, it } from 'vitest';
import type { Role } from '../../kernel/actor.ts';
import { decide } from './engine/decide.ts';
import { mustBeAllowed, type Verb } from './policy.ts';
import { templateWith } from './testing/template.ts';
import { orgOf, WorldData } from './testing/world.ts';

const people = ['zhang', 'wang', 'kao', 'li'];
const world = WorldData.parse({
  units: [{ id: 'school', name: '学校', parent: null, kind: 'institution' }],
  people: people.map((id) => ({ id, name: id })),
  posts: people.map((id) => ({ id: `${id}1`, person: id, unit: 'school', title: '职员' })),
});

function requestWith(assignee: unknown) {
  const template = templateWith({
    fields: [{ key: 'reason', type: 'text', label: '事由' }],
    steps: [
      {
        key: 'copy',
        kind: 'cc',
        title: '抄送',
        assignees: [{ label: '抄送', by: { rule: 'named', personIds: ['kao'] } }],
      },
      {
        key: 'one',
        kind: 'approve',
        title: '审批',
        mode: 'any',
        refusal: 'FIRST_ACTION',
        assignees: [{ label: '审批人', by: assignee }],
      },
    ],
  });
  let ids = 0;
  return decide(
    null,
    {
      type: 'submit',
      by: { personId: 'zhang', name: 'zhang' },
      instanceId: 'i',
      number: 'CS-1',
      assignmentId: 'zhang1',
      title: '申请',
      form: {},
      values: {},
      chosen: {},
      forecast: [],
    },
    { now: 0, newId: () => `id${String((ids += 1))}`, template, org: orgOf(world) },
  ).state;
}

const held = requestWith({ rule: 'named', personIds: ['wang'] });
const waiting = requestWith({ rule: 'roleInScope', role: 'ghost', scope: 'school' });

const codeOf = (
  state: typeof held | null,
  personId: string,
  verb: Verb,
  roles: Role[] = ['staff'],
): string => {
  try {
    mustBeAllowed(state, { personId, roles }, verb);
    return 'yes';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('who may do what', () => {
  it.each([
    ['zhang', 'see', 'yes'],
    ['wang', 'see', 'yes'],
    ['kao', 'see', 'yes'],
    ['li', 'see', 'approvals.not_visible'],
    ['zhang', 'withdraw', 'yes'],
    ['wang', 'withdraw', 'approvals.not_applicant'],
    ['kao', 'remind', 'approvals.not_applicant'],
    ['li', 'withdraw', 'approvals.not_visible'],
    ['kao', 'comment', 'yes'],
    ['li', 'comment', 'approvals.not_visible'],
    ['wang', 'assign', 'approvals.not_keeper'],
  ] as const)('%s %s → %s', (person, verb, answer) => {
    expect(codeOf(held, person, verb)).toBe(answer);
  });

  it('an unknown request and an invisible one look alike', () => {
    expect(codeOf(null, 'li', 'see')).toBe(codeOf(held, 'li', 'see'));
  });

  it('R18: keepers of the queue see and fill what waits there, and nothing else', () => {
    expect(codeOf(waiting, 'li', 'assign', ['staff', 'moduleManager'])).toBe('yes');
    expect(codeOf(waiting, 'li', 'see', ['staff', 'superAdmin'])).toBe('yes');
    expect(codeOf(waiting, 'li', 'assign', ['staff', 'hrMaintainer'])).toBe('approvals.not_visible');
    expect(codeOf(held, 'li', 'see', ['staff', 'moduleManager'])).toBe('approvals.not_visible');
  });
});
